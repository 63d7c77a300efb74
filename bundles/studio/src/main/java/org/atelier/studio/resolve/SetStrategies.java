package org.atelier.studio.resolve;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginRegistry;

/** The attention strategies of a set: one for the options of the set, and one for each other set of options of its images. */
public final class SetStrategies implements AutoCloseable {

    private final SetRequest request;
    private final Map<Map<String, Object>, PluginLease<AttentionStrategy>> leases;

    private SetStrategies(SetRequest request, Map<Map<String, Object>, PluginLease<AttentionStrategy>> leases) {
        this.request = request;
        this.leases = leases;
    }

    /**
     * Leases all strategies.
     *
     * @param request resolved
     * @throws org.atelier.api.AtelierException if the plugin is not available any more or does not start
     */
    public static SetStrategies lease(PluginRegistry<AttentionStrategy> strategies, SetRequest request) {
        Set<Map<String, Object>> optionSets = new LinkedHashSet<>();
        optionSets.add(request.sharing().attentionOptions());
        request.items().forEach(item -> optionSets.add(request.sharing().attentionOptions(item)));
        return new SetStrategies(request, strategies.lease(request.sharing().attention(), optionSets));
    }

    /** Returns the strategy of images without options of their own. */
    public AttentionStrategy common() {
        return leases.get(request.sharing().attentionOptions()).plugin();
    }

    public AttentionStrategy of(SetItem item) {
        return leases.get(request.sharing().attentionOptions(item)).plugin();
    }

    @Override
    public void close() {
        leases.values().forEach(PluginLease::close);
    }
}
