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

/** Calls every strategy of a set for every layer, as generation does, so that a strategy refuses a network before any work. */
final class LayerCheck {

    /** Images with the same strategy and size. */
    private record Kind(AttentionStrategy strategy, int width, int height) {}

    private LayerCheck() {}

    /**
     * Calls every strategy for every layer.
     *
     * @param request a resolved request
     * @throws AtelierException the error of a strategy
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
