package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the images of one pass are to show.
 *
 * @param words (image, word, word channel), float32
 * @param pooled (image, pooled channel), float32
 * @param sizes (image, 6), float32: original height and width, top and left of the crop, target height and width, in
 *     pixels
 */
public record Conditioning(NDArray words, NDArray pooled, NDArray sizes) {

    /** What no words are told by: zeros, for a picture of the same sizes. */
    public Conditioning nothing() {
        return new Conditioning(words.zerosLike(), pooled.zerosLike(), sizes);
    }

    /** With each of its parts changed in the same way. */
    public Conditioning map(UnaryOperator<NDArray> change) {
        return new Conditioning(change.apply(words), change.apply(pooled), change.apply(sizes));
    }

    /** The conditionings of several images, one after another, as one pass takes them; belongs to {@code manager}. */
    public static Conditioning joined(List<Conditioning> conditions, NDManager manager) {
        return new Conditioning(
                joined(conditions, Conditioning::words, manager),
                joined(conditions, Conditioning::pooled, manager),
                joined(conditions, Conditioning::sizes, manager));
    }

    private static NDArray joined(
            List<Conditioning> conditions, Function<Conditioning, NDArray> part, NDManager manager) {
        NDArray joined =
                NDArrays.concat(new NDList(conditions.stream().map(part).toList()));
        joined.attach(manager);
        return joined;
    }
}
