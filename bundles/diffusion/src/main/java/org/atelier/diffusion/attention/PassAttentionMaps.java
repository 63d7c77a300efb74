package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;

/** Where words are in the images of one pass: at this step as far as its layers have been passed, else at the step before. */
public final class PassAttentionMaps {

    private final List<Integer> images;
    private final CrossAttentionMaps now;
    private final SetAttentionMaps set;

    PassAttentionMaps(List<Integer> images, CrossAttentionMaps now, SetAttentionMaps set) {
        this.images = images;
        this.now = now;
        this.set = set;
    }

    /** @param own of the conditional half */
    void observe(int layer, Heads own) {
        now.observe(layer, own);
    }

    /** @return (1, token), in {@code memory} */
    Optional<NDArray> at(AttentionLayer layer, int image, String word, NDManager memory) {
        int row = images.indexOf(image);
        return row < 0
                ? Optional.empty()
                : now.at(layer, row, word, memory).or(() -> set.at(layer, image, word, memory));
    }

    /** The pass has succeeded: what it has observed stands for the steps to come. */
    public void keep() {
        set.keep(images, now);
    }
}
