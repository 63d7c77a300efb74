package org.atelier.studio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;

/** The strategies of attention that a set holds: the set's, and one for each other way in which its pictures ask for it. */
final class StrategiesOfSet implements AutoCloseable {

    private final SetRequest request;
    private final Map<Map<String, Object>, PluginLease<AttentionStrategy>> leases = new LinkedHashMap<>();

    private StrategiesOfSet(SetRequest request) {
        this.request = request;
    }

    /**
     * Leases all of them.
     *
     * @param request settled
     * @throws org.atelier.api.AtelierException if the plugin is gone or does not start
     */
    static StrategiesOfSet lease(AttentionStrategies strategies, SetRequest request) {
        StrategiesOfSet set = new StrategiesOfSet(request);
        try {
            set.take(strategies, request.attentionOptions());
            request.items().forEach(item -> set.take(strategies, request.attentionOptions(item)));
            return set;
        } catch (RuntimeException e) {
            set.close();
            throw e;
        }
    }

    private void take(AttentionStrategies strategies, Map<String, Object> options) {
        leases.computeIfAbsent(options, settled -> strategies.lease(request.attention(), settled));
    }

    /** The strategy of pictures that have no options of their own. */
    AttentionStrategy common() {
        return leases.get(request.attentionOptions()).plugin();
    }

    AttentionStrategy of(SetItem item) {
        return leases.get(request.attentionOptions(item)).plugin();
    }

    @Override
    public void close() {
        leases.values().forEach(PluginLease::close);
    }
}
