package org.atelier.plugins;

import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every lease of a plugin that is out. A bundle whose plugins are leased stops only when they are back, or its time has
 * run out: then the sets that hold them are cancelled at their next step.
 *
 * <p>The framework asks an event hook before it tells anyone else that a bundle stops. When a service of the bundle
 * goes, declarative services have deactivated its instances already, those that a set holds among them.
 *
 * <p>A set is drawn by one thread, so a lease belongs to the thread that took it, and so do the leases that its plugins
 * take.
 */
@Designate(ocd = PluginSettings.class)
@Component(
        service = {PluginLeases.class, EventHook.class},
        immediate = true,
        configurationPid = PluginSettings.PID)
public final class PluginLeases implements EventHook {

    private static final Logger LOG = LoggerFactory.getLogger(PluginLeases.class);

    /** How long a set that was told to end may take: one pass of a large network on a slow machine. */
    private static final Duration LAST_STEP = Duration.ofSeconds(60);

    private final BundleContext context;
    private final StartLog log;
    private final Set<PluginLease<?>> out = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile Duration drainTimeout;
    private volatile Duration startTimeout;

    @Activate
    public PluginLeases(PluginSettings settings, @Reference StartLog log, BundleContext context) {
        modified(settings);
        this.log = log;
        this.context = context;
    }

    /** A change of the configuration holds from the next withdrawal on, and disturbs no set. */
    @Modified
    void modified(PluginSettings changed) {
        drainTimeout = DurationSetting.of(changed::drain_timeout, PluginSettings.PID, "drain.timeout", 0, 600);
        startTimeout = DurationSetting.of(changed::start_timeout, PluginSettings.PID, "start.timeout", 1, 60);
    }

    PluginStart start(OfferedPlugin offered) {
        return new PluginStart(offered, startTimeout, log);
    }

    /**
     * Notes a lease, before its plugin starts.
     *
     * @throws AtelierException {@code PLUGIN_WITHDRAWN} if the plugin's bundle stops already
     */
    synchronized void take(PluginLease<?> lease) {
        if (isStopping(lease.bundle())) {
            throw new AtelierException(PLUGIN_WITHDRAWN, lease.offered().beingReplaced());
        }
        out.add(lease);
    }

    /** A second time does nothing. */
    synchronized void giveBack(PluginLease<?> lease) {
        out.remove(lease);
        notifyAll();
    }

    /**
     * Asked by a set between two passes of the network.
     *
     * @throws AtelierException {@code PLUGIN_WITHDRAWN} if a plugin that this thread has leased was waited for long
     *     enough
     */
    synchronized void throwIfRecalled() {
        for (PluginLease<?> lease : out) {
            if (lease.isHeldBy(Thread.currentThread())) {
                lease.throwIfRecalled();
            }
        }
    }

    /** The plugins that this thread has leased for a set; those of an evaluation only look at what was drawn. */
    public synchronized Set<OfferedPlugin> held() {
        return out.stream()
                .filter(lease -> lease.isHeldBy(Thread.currentThread()))
                .map(PluginLease::offered)
                .filter(OfferedPlugin::isHeldBySets)
                .collect(Collectors.toSet());
    }

    static boolean isStopping(Bundle bundle) {
        return bundle != null && bundle.getState() == Bundle.STOPPING;
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> contexts) {
        if (event.getType() == BundleEvent.STOPPING) {
            drain(event.getBundle());
        }
    }

    /** The bundle's state says already that it stops, so that no lease is added. */
    private synchronized void drain(Bundle bundle) {
        // What this very thread draws cannot end while it waits.
        leasesOf(bundle).stream()
                .filter(lease -> lease.isHeldBy(Thread.currentThread()))
                .forEach(PluginLease::recall);
        try {
            if (!isEmptyWithin(frameworkStops() ? Duration.ZERO : drainTimeout, bundle)) {
                leasesOf(bundle).forEach(PluginLease::recall);
                if (!isEmptyWithin(LAST_STEP, bundle)) {
                    LOG.warn("{} stops although a set that was told to end still draws with it", bundle);
                }
            }
        } catch (InterruptedException e) {
            leasesOf(bundle).forEach(PluginLease::recall);
            Thread.currentThread().interrupt();
        }
    }

    private boolean frameworkStops() {
        return isStopping(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION));
    }

    /** Waits until other threads hold no lease of the bundle. */
    private boolean isEmptyWithin(Duration patience, Bundle bundle) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (leasesOf(bundle).stream().anyMatch(lease -> !lease.isHeldBy(Thread.currentThread()))) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private List<PluginLease<?>> leasesOf(Bundle bundle) {
        return out.stream().filter(lease -> bundle.equals(lease.bundle())).toList();
    }
}
