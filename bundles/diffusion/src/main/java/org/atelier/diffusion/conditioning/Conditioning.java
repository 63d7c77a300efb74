package org.atelier.diffusion.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the images of one pass are to show.
 *
 * @param textEmbeddings (image, token, text channel), float32
 * @param added what the network is given besides; empty for a family whose network is given text embeddings only
 */
public record Conditioning(NDArray textEmbeddings, Optional<Added> added) {

    /**
     * What diffusers calls {@code added_cond_kwargs}.
     *
     * @param pooledTextEmbeddings (image, pooled text channel), float32
     * @param timeIds (image, number), float32: the numbers that the model's family names, as sizes in pixels
     */
    public record Added(NDArray pooledTextEmbeddings, NDArray timeIds) {

        private Added map(UnaryOperator<NDArray> change) {
            return new Added(change.apply(pooledTextEmbeddings), change.apply(timeIds));
        }
    }

    /** For a network that is given pooled text embeddings and time ids, as {@link Added} has them. */
    public Conditioning(NDArray textEmbeddings, NDArray pooledTextEmbeddings, NDArray timeIds) {
        this(textEmbeddings, Optional.of(new Added(pooledTextEmbeddings, timeIds)));
    }

    /** Zeros in place of all text, for images of the same sizes. */
    public Conditioning unconditional() {
        return new Conditioning(
                textEmbeddings.zerosLike(),
                added.map(own -> new Added(own.pooledTextEmbeddings().zerosLike(), own.timeIds())));
    }

    /** With each of its parts changed in the same way. */
    public Conditioning map(UnaryOperator<NDArray> change) {
        return new Conditioning(change.apply(textEmbeddings), added.map(own -> own.map(change)));
    }

    /** The conditionings of several images, one after another, as one pass takes them; belongs to {@code manager}. */
    public static Conditioning concatenate(List<Conditioning> each, NDManager manager) {
        NDArray textEmbeddings = concatenate(each, Conditioning::textEmbeddings, manager);
        if (each.get(0).added.isEmpty()) {
            return new Conditioning(textEmbeddings, Optional.empty());
        }
        return new Conditioning(
                textEmbeddings,
                concatenate(each, one -> one.added.orElseThrow().pooledTextEmbeddings(), manager),
                concatenate(each, one -> one.added.orElseThrow().timeIds(), manager));
    }

    private static NDArray concatenate(
            List<Conditioning> each, Function<Conditioning, NDArray> part, NDManager manager) {
        NDArray joined = NDArrays.concat(new NDList(each.stream().map(part).toList()));
        joined.attach(manager);
        return joined;
    }
}
