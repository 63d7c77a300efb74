package org.atelier.diffusion.text;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.layers.LayerNorm;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/** A layer of a CLIP text model: causal self-attention and a feed-forward network, each with a residual connection. */
final class ClipTextLayer {

    private final ClipTextSettings settings;
    private final LayerNorm attentionNorm;
    private final Linear toQuery;
    private final Linear toKey;
    private final Linear toValue;
    private final Linear toOut;
    private final LayerNorm forwardNorm;
    private final Linear expand;
    private final Linear contract;
    private final TorchKernels kernels;

    ClipTextLayer(Weights weights, ClipTextSettings settings, TorchKernels kernels) {
        int channels = settings.channels();
        this.settings = settings;
        this.attentionNorm = new LayerNorm(weights.at("layer_norm1"), channels, settings.epsilon(), kernels);
        this.toQuery = Linear.of(weights.at("self_attn.q_proj"), channels, channels, kernels);
        this.toKey = Linear.of(weights.at("self_attn.k_proj"), channels, channels, kernels);
        this.toValue = Linear.of(weights.at("self_attn.v_proj"), channels, channels, kernels);
        this.toOut = Linear.of(weights.at("self_attn.out_proj"), channels, channels, kernels);
        this.forwardNorm = new LayerNorm(weights.at("layer_norm2"), channels, settings.epsilon(), kernels);
        this.expand = Linear.of(weights.at("mlp.fc1"), channels, settings.forwardChannels(), kernels);
        this.contract = Linear.of(weights.at("mlp.fc2"), settings.forwardChannels(), channels, kernels);
        this.kernels = kernels;
    }

    /**
     * @param input (text, token, channel)
     * @return shaped as {@code input}
     */
    NDArray forward(NDArray input) {
        return Scope.within(input, hidden -> {
            NDArray attended = hidden.add(attend(attentionNorm.forward(hidden)));
            NDArray inner = settings.activation().apply(kernels, expand.forward(forwardNorm.forward(attended)));
            return attended.add(contract.forward(inner));
        });
    }

    private NDArray attend(NDArray hidden) {
        NDArray query = kernels.splitHeads(toQuery.forward(hidden), settings.heads());
        NDArray key = kernels.splitHeads(toKey.forward(hidden), settings.heads());
        NDArray value = kernels.splitHeads(toValue.forward(hidden), settings.heads());
        return toOut.forward(kernels.mergeHeads(kernels.attention(query, key, value, true)));
    }
}
