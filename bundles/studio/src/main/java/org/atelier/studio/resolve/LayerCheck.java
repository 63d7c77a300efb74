package org.atelier.studio.resolve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atelier.api.AtelierException;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.diffusion.pipeline.ModelConfiguration;

/** Asks every strategy of a set about every layer, as generation will: what it refuses of the network, it refuses here. */
final class LayerCheck {

    /** Images that attend alike. */
    private record Kind(AttentionStrategy strategy, int width, int height) {}

    private LayerCheck() {}

    /**
     * Asks.
     *
     * @param request resolved
     * @throws AtelierException with what a strategy refuses
     */
    static void check(SetRequest request, ModelConfiguration model, SetStrategies strategies) {
        Set<Kind> kinds = new LinkedHashSet<>();
        for (SetItem item : request.items()) {
            kinds.add(new Kind(strategies.of(item), item.width(), item.height()));
        }
        for (Kind kind : kinds) {
            List<AttentionLayer> layers = model.attentionLayers(kind.width, kind.height);
            layers.forEach(kind.strategy::at);
        }
    }
}
