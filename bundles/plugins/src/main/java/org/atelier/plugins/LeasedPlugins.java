package org.atelier.plugins;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The plugins of one kind that a set uses: one instance for each name and options, leased on first use. To be used by
 * one thread, as leases are.
 */
public final class LeasedPlugins<P> implements AutoCloseable {

    private record Configured(String name, Map<String, Object> options) {}

    private final PluginRegistry<P> registry;
    private final Map<Configured, PluginLease<P>> leases = new LinkedHashMap<>();

    public LeasedPlugins(PluginRegistry<P> registry) {
        this.registry = registry;
    }

    /**
     * Returns the lease of a plugin; not to be closed by the caller.
     *
     * @param options every option by name
     * @throws org.atelier.api.AtelierException if the plugin is no longer installed or does not start
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

    /** Releases all leases; later requests lease the plugins again. */
    @Override
    public void close() {
        leases.values().forEach(PluginLease::close);
        leases.clear();
    }
}
