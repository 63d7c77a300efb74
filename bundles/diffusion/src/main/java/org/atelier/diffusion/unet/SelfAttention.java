package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import org.atelier.api.attention.Heads;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** Attention of an image's tokens to one another, open to the set's strategy. */
final class SelfAttention {

    private final int layer;
    private final int heads;
    private final Linear toQuery;
    private final Linear toKey;
    private final Linear toValue;
    private final Linear toOut;
    private final TorchKernels kernels;

    /** @param layer its place in registration order among all self-attentions */
    SelfAttention(Weights weights, int layer, int channels, int heads, TorchKernels kernels) {
        this.layer = layer;
        this.heads = heads;
        this.toQuery = Linear.withoutBias(weights.at("to_q"), channels, channels, kernels);
        this.toKey = Linear.withoutBias(weights.at("to_k"), channels, channels, kernels);
        this.toValue = Linear.withoutBias(weights.at("to_v"), channels, channels, kernels);
        this.toOut = Linear.of(weights.at("to_out.0"), channels, channels, kernels);
        this.kernels = kernels;
    }

    /**
     * @param hidden (image, token, channel)
     * @return shaped as {@code hidden}
     */
    NDArray forward(NDArray hidden, AttentionProcessor sharing) {
        NDArray query = kernels.splitHeads(toQuery.forward(hidden), heads);
        NDArray key = kernels.splitHeads(toKey.forward(hidden), heads);
        NDArray value = kernels.splitHeads(toValue.forward(hidden), heads);
        return toOut.forward(kernels.mergeHeads(sharing.attend(layer, new Heads(query, key, value))));
    }
}
