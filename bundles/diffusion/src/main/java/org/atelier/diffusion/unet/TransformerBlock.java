package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.layers.GatedFeedForward;
import org.atelier.diffusion.layers.LayerNorm;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/**
 * One transformer block: self-attention open to the set's strategy, cross-attention to the words, feed-forward; each
 * with its residual.
 */
final class TransformerBlock {

    private static final double EPSILON = 1e-5;

    private final LayerNorm selfNorm;
    private final SelfAttention selfAttention;
    private final LayerNorm wordNorm;
    private final CrossAttention wordAttention;
    private final LayerNorm forwardNorm;
    private final GatedFeedForward feedForward;

    TransformerBlock(Weights weights, int layer, int channels, int wordChannels, int heads, TorchKernels kernels) {
        this.selfNorm = new LayerNorm(weights.at("norm1"), channels, EPSILON, kernels);
        this.selfAttention = new SelfAttention(weights.at("attn1"), layer, channels, heads, kernels);
        this.wordNorm = new LayerNorm(weights.at("norm2"), channels, EPSILON, kernels);
        this.wordAttention = new CrossAttention(weights.at("attn2"), channels, wordChannels, heads, kernels);
        this.forwardNorm = new LayerNorm(weights.at("norm3"), channels, EPSILON, kernels);
        this.feedForward = new GatedFeedForward(weights.at("ff"), channels, kernels);
    }

    /**
     * @param input (image, token, channel)
     * @param words (image, word, word channel)
     * @return shaped as {@code input}
     */
    NDArray forward(NDArray input, NDArray words, AttentionProcessor sharing) {
        NDArray attended =
                Scope.within(input, hidden -> hidden.add(selfAttention.forward(selfNorm.forward(hidden), sharing)));
        NDArray told =
                Scope.within(attended, hidden -> hidden.add(wordAttention.forward(wordNorm.forward(hidden), words)));
        attended.close();
        NDArray output = Scope.within(told, hidden -> hidden.add(feedForward.forward(forwardNorm.forward(hidden))));
        told.close();
        return output;
    }
}
