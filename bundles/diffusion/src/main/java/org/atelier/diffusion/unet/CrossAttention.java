package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** Attention of an image's tokens to the words of its prompt. */
final class CrossAttention {

    private final int heads;
    private final Linear toQuery;
    private final Linear toKey;
    private final Linear toValue;
    private final Linear toOut;
    private final TorchKernels kernels;

    CrossAttention(Weights weights, int channels, int wordChannels, int heads, TorchKernels kernels) {
        this.heads = heads;
        this.toQuery = Linear.withoutBias(weights.at("to_q"), channels, channels, kernels);
        this.toKey = Linear.withoutBias(weights.at("to_k"), wordChannels, channels, kernels);
        this.toValue = Linear.withoutBias(weights.at("to_v"), wordChannels, channels, kernels);
        this.toOut = Linear.of(weights.at("to_out.0"), channels, channels, kernels);
        this.kernels = kernels;
    }

    /**
     * @param hidden (image, token, channel)
     * @param words (image, word, word channel)
     * @return shaped as {@code hidden}
     */
    NDArray forward(NDArray hidden, NDArray words) {
        NDArray query = kernels.splitHeads(toQuery.forward(hidden), heads);
        NDArray key = kernels.splitHeads(toKey.forward(words), heads);
        NDArray value = kernels.splitHeads(toValue.forward(words), heads);
        return toOut.forward(kernels.mergeHeads(kernels.attention(query, key, value, false)));
    }
}
