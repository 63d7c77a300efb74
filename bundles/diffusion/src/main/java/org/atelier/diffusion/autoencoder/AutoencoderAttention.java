package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.atelier.diffusion.layers.FeatureMap;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/** Single-head self-attention over the pixels of the autoencoder's smallest feature map. */
final class AutoencoderAttention {

    private final GroupNorm norm;
    private final Linear toQuery;
    private final Linear toKey;
    private final Linear toValue;
    private final Linear toOut;
    private final TorchKernels kernels;

    AutoencoderAttention(Weights weights, int channels, int groups, TorchKernels kernels) {
        this.norm = new GroupNorm(weights.at("group_norm"), channels, groups, Autoencoder.EPSILON, kernels);
        this.toQuery = Linear.of(weights.at("to_q"), channels, channels, kernels);
        this.toKey = Linear.of(weights.at("to_k"), channels, channels, kernels);
        this.toValue = Linear.of(weights.at("to_v"), channels, channels, kernels);
        this.toOut = Linear.of(weights.at("to_out.0"), channels, channels, kernels);
        this.kernels = kernels;
    }

    /**
     * @param input (image, channel, height, width)
     * @return shaped as {@code input}
     */
    NDArray forward(NDArray input) {
        return Scope.within(input, x -> {
            Shape shape = x.getShape();
            NDArray tokens = FeatureMap.toTokens(norm.forward(x));
            NDArray query = kernels.splitHeads(toQuery.forward(tokens), 1);
            NDArray key = kernels.splitHeads(toKey.forward(tokens), 1);
            NDArray value = kernels.splitHeads(toValue.forward(tokens), 1);
            NDArray attended = kernels.mergeHeads(kernels.attention(query, key, value, false));
            return FeatureMap.fromTokens(toOut.forward(attended), shape).add(x);
        });
    }
}
