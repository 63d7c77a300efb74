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
 * The conditioning of the images in one pass.
 *
 * @param textEmbeddings (image, token, text channel), float32
 * @param added additional conditioning; empty for a family that conditions on text embeddings only
 */
public record Conditioning(NDArray textEmbeddings, Optional<Added> added) {

    /**
     * What diffusers calls {@code added_cond_kwargs}.
     *
     * @param pooledTextEmbeddings (image, pooled text channel), float32
     * @param timeIds (image, number), float32: the micro-conditioning that the model family defines, such as sizes in
     *     pixels
     */
    public record Added(NDArray pooledTextEmbeddings, NDArray timeIds) {

        private Added map(UnaryOperator<NDArray> function) {
            return new Added(function.apply(pooledTextEmbeddings), function.apply(timeIds));
        }
    }

    /** Conditioning for a network with pooled text embeddings and time ids, as in {@link Added}. */
    public Conditioning(NDArray textEmbeddings, NDArray pooledTextEmbeddings, NDArray timeIds) {
        this(textEmbeddings, Optional.of(new Added(pooledTextEmbeddings, timeIds)));
    }

    /** The same conditioning with all text embeddings set to zero. */
    public Conditioning unconditional() {
        return new Conditioning(
                textEmbeddings.zerosLike(),
                added.map(own -> new Added(own.pooledTextEmbeddings().zerosLike(), own.timeIds())));
    }

    /** Applies a function to every tensor. */
    public Conditioning map(UnaryOperator<NDArray> function) {
        return new Conditioning(function.apply(textEmbeddings), added.map(own -> own.map(function)));
    }

    /** Concatenates the conditionings of several images to one batch, owned by {@code manager}. */
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
