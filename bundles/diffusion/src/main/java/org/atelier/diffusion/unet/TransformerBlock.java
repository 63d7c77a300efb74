package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.diffusion.layers.GatedFeedForward;
import org.atelier.diffusion.layers.LayerNorm;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/**
 * A transformer block: self-attention, cross-attention to the prompt and a feed-forward network, each with a residual
 * connection.
 */
final class TransformerBlock {

    private static final double EPSILON = 1e-5;

    private final LayerNorm selfNorm;
    private final MultiHeadAttention selfAttention;
    private final LayerNorm crossNorm;
    private final MultiHeadAttention crossAttention;
    private final LayerNorm forwardNorm;
    private final GatedFeedForward feedForward;

    /** @param layers registers both attention layers in order */
    TransformerBlock(
            Weights weights,
            UNetSettings settings,
            String block,
            int level,
            LayerRegistry layers,
            TorchKernels kernels) {
        int channels = settings.channels(level);
        int heads = settings.heads(level);
        int self = layers.register(Kind.SELF, block, level, heads);
        int cross = layers.register(Kind.CROSS, block, level, heads);
        this.selfNorm = new LayerNorm(weights.at("norm1"), channels, EPSILON, kernels);
        this.selfAttention = new MultiHeadAttention(weights.at("attn1"), self, channels, channels, heads, kernels);
        this.crossNorm = new LayerNorm(weights.at("norm2"), channels, EPSILON, kernels);
        this.crossAttention =
                new MultiHeadAttention(weights.at("attn2"), cross, channels, settings.textChannels(), heads, kernels);
        this.forwardNorm = new LayerNorm(weights.at("norm3"), channels, EPSILON, kernels);
        this.feedForward = new GatedFeedForward(weights.at("ff"), channels, kernels);
    }

    /**
     * @param input (image, token, channel)
     * @param textEmbeddings (image, prompt token, text channel)
     * @return shaped as {@code input}
     */
    NDArray forward(NDArray input, NDArray textEmbeddings, AttentionProcessor processor) {
        NDArray selfAttended = Scope.within(input, hidden -> {
            NDArray normed = selfNorm.forward(hidden);
            return hidden.add(selfAttention.forward(normed, normed, processor));
        });
        NDArray attended = Scope.within(
                selfAttended,
                hidden -> hidden.add(crossAttention.forward(crossNorm.forward(hidden), textEmbeddings, processor)));
        selfAttended.close();
        NDArray output = Scope.within(attended, hidden -> hidden.add(feedForward.forward(forwardNorm.forward(hidden))));
        attended.close();
        return output;
    }
}
