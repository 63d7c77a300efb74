package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import org.atelier.api.attention.Heads;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/**
 * Multi-head self-attention or cross-attention, computed by the attention processor. Vaswani et al. 2017, section
 * 3.2.2.
 */
final class MultiHeadAttention {

    private final int layer;
    private final int heads;
    private final Linear toQuery;
    private final Linear toKey;
    private final Linear toValue;
    private final Linear toOut;
    private final TorchKernels kernels;

    /**
     * @param layer index in registration order among all attention layers
     * @param contextChannels channels of the context
     */
    MultiHeadAttention(Weights weights, int layer, int channels, int contextChannels, int heads, TorchKernels kernels) {
        this.layer = layer;
        this.heads = heads;
        this.toQuery = Linear.withoutBias(weights.at("to_q"), channels, channels, kernels);
        this.toKey = Linear.withoutBias(weights.at("to_k"), contextChannels, channels, kernels);
        this.toValue = Linear.withoutBias(weights.at("to_v"), contextChannels, channels, kernels);
        this.toOut = Linear.of(weights.at("to_out.0"), channels, channels, kernels);
        this.kernels = kernels;
    }

    /**
     * @param hidden (image, token, channel)
     * @param context source of keys and values, (image, token, context channel); {@code hidden} for self-attention
     * @return shaped as {@code hidden}
     */
    NDArray forward(NDArray hidden, NDArray context, AttentionProcessor processor) {
        NDArray query = kernels.splitHeads(toQuery.forward(hidden), heads);
        NDArray key = kernels.splitHeads(toKey.forward(context), heads);
        NDArray value = kernels.splitHeads(toValue.forward(context), heads);
        return toOut.forward(kernels.mergeHeads(processor.attend(layer, new Heads(query, key, value))));
    }
}
