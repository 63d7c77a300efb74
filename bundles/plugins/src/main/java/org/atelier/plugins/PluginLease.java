package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.PLUGIN_FAILED;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.util.Map;
import org.atelier.api.AtelierException;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;

/**
 * A plugin in use by one set, from its start to its end.
 *
 * @param <P> type of the plugin
 */
public final class PluginLease<P> implements AutoCloseable {

    private final OfferedPlugin offered;
    private final PluginLeases leases;
    private final Thread holder = Thread.currentThread();
    private ComponentInstance<P> instance;
    private P plugin;
    private boolean recalled;

    private PluginLease(OfferedPlugin offered, PluginLeases leases) {
        this.offered = offered;
        this.leases = leases;
    }

    /**
     * Creates a plugin with a set's options.
     *
     * @param kind of the plugin
     * @param properties the options by their metatype ids
     * @throws AtelierException if it is withdrawn or does not start
     */
    static <P> PluginLease<P> of(
            PluginKind<P> kind,
            OfferedPlugin offered,
            ComponentFactory<P> factory,
            Map<String, Object> properties,
            PluginLeases leases) {
        PluginLease<P> lease = new PluginLease<>(offered, leases);
        leases.take(lease);
        try {
            lease.start(kind, factory, properties);
            return lease;
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private void start(PluginKind<P> kind, ComponentFactory<P> factory, Map<String, Object> properties) {
        instance = leases.start(offered).instance(factory, properties);
        Object started = instance.getInstance();
        if (started == null) {
            throw new AtelierException(PLUGIN_FAILED, offered.notStarted("the log says why"));
        }
        if (!kind.contract().isInstance(started)) {
            throw new AtelierException(
                    PLUGIN_FAILED,
                    offered.notStarted("%s does not implement %s as Atelier exports it"
                            .formatted(
                                    started.getClass().getName(),
                                    kind.contract().getName())));
        }
        plugin = kind.checked().apply(offered.calls(), kind.contract().cast(started));
    }

    /** The plugin; what it throws or returns against its contract becomes an error that names it. */
    public P plugin() {
        return plugin;
    }

    public OfferedPlugin offered() {
        return offered;
    }

    Bundle bundle() {
        return offered.bundle();
    }

    boolean isHeldBy(Thread thread) {
        return holder == thread;
    }

    /** Makes the holder's next {@link #throwIfRecalled} fail; guarded by the leases' lock. */
    void recall() {
        recalled = true;
    }

    /** Guarded by the leases' lock. */
    void throwIfRecalled() {
        if (recalled) {
            throw new AtelierException(PLUGIN_WITHDRAWN, offered.withdrawn());
        }
    }

    /** Disposes of the plugin before it releases the lease, so that its bundle stops only after the plugin. */
    @Override
    public void close() {
        try {
            if (instance != null) {
                instance.dispose();
            }
        } finally {
            leases.giveBack(this);
        }
    }
}
