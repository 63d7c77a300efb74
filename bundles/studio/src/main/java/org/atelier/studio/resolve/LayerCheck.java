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

/**
 * Calls every strategy of a set for every layer, as generation does. So a strategy that does not support the network fails
 * before any work.
 */
final class LayerCheck {

    /** Images with the same strategy and size. */
    private record Group(AttentionStrategy strategy, int width, int height) {}

    private LayerCheck() {}

    /**
     * Calls every strategy for every layer.
     *
     * @param request a resolved request
     * @throws AtelierException the error of a strategy
     */
    static void check(SetRequest request, ModelConfiguration model, SetStrategies strategies) {
        Set<Group> groups = new LinkedHashSet<>();
        for (SetItem item : request.items()) {
            groups.add(new Group(
                    strategies.of(item),
                    PanoramaResolver.viewWidth(request, model, item),
                    PanoramaResolver.viewHeight(request, model, item)));
        }
        for (Group group : groups) {
            List<AttentionLayer> layers = model.attentionLayers(group.width, group.height);
            layers.forEach(group.strategy::at);
        }
    }
}
