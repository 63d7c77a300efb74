package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;

/**
 * Cross-attention maps of the images of one pass. If no layer of a resolution has run at this step, the resolution has the
 * map of the previous step.
 */
public final class PassAttentionMaps {

    private final List<Integer> images;
    private final List<Integer> views;
    private final CrossAttentionMaps current;
    private final SetAttentionMaps stored;

    PassAttentionMaps(List<Integer> images, List<Integer> views, CrossAttentionMaps current, SetAttentionMaps stored) {
        this.images = images;
        this.views = views;
        this.current = current;
        this.stored = stored;
    }

    /** @param own heads of the conditional half */
    void observe(int layer, Heads own) {
        current.observe(layer, own);
    }

    /** @return (1, token), in {@code memory} */
    Optional<NDArray> at(AttentionLayer layer, int image, String word, NDManager memory) {
        int row = images.indexOf(image);
        return row < 0
                ? Optional.empty()
                : current.at(layer, row, word, memory).or(() -> stored.at(layer, views.get(row), word, memory));
    }

    /** Stores the observed maps for the next step. Call it once the pass has succeeded. */
    public void store() {
        stored.store(views, current);
    }
}
