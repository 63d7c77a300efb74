package org.atelier.plugins;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The plugins of one kind that a set holds: one instance for each name with its options, leased when it is first asked
 * for. Belongs to the thread that uses it, as leases do.
 */
public final class LeasedPlugins<P> implements AutoCloseable {

    private record Configured(String name, Map<String, Object> options) {}

    private final PluginRegistry<P> registry;
    private final Map<Configured, PluginLease<P>> leases = new LinkedHashMap<>();

    public LeasedPlugins(PluginRegistry<P> registry) {
        this.registry = registry;
    }

    /**
     * The lease of a plugin; not to be closed by the caller.
     *
     * @param options every option by name
     * @throws org.atelier.api.AtelierException if it is gone or does not start
     */
    public PluginLease<P> lease(String name, Map<String, Object> options) {
        Configured configured = new Configured(name, Map.copyOf(options));
        PluginLease<P> lease = leases.get(configured);
        if (lease == null) {
            lease = registry.lease(name, options);
            leases.put(configured, lease);
        }
        return lease;
    }

    /** Gives all of them back; what is asked for afterwards is leased anew. */
    @Override
    public void close() {
        leases.values().forEach(PluginLease::close);
        leases.clear();
    }
}
