package org.atelier.studio.resolve;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.plugins.PluginLease;
import org.atelier.plugins.PluginRegistry;

/** The strategies of attention that a set holds: the set's, and one for each other way in which its images ask for it. */
public final class SetStrategies implements AutoCloseable {

    private final SetRequest request;
    private final Map<Map<String, Object>, PluginLease<AttentionStrategy>> leases;

    private SetStrategies(SetRequest request, Map<Map<String, Object>, PluginLease<AttentionStrategy>> leases) {
        this.request = request;
        this.leases = leases;
    }

    /**
     * Leases all of them.
     *
     * @param request settled
     * @throws org.atelier.api.AtelierException if the plugin is gone or does not start
     */
    public static SetStrategies lease(PluginRegistry<AttentionStrategy> strategies, SetRequest request) {
        Set<Map<String, Object>> ways = new LinkedHashSet<>();
        ways.add(request.sharing().attentionOptions());
        request.items().forEach(item -> ways.add(request.sharing().attentionOptions(item)));
        return new SetStrategies(request, strategies.lease(request.sharing().attention(), ways));
    }

    /** The strategy of images that have no options of their own. */
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
