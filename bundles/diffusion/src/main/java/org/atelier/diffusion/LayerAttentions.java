package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.SelfAttentionLayer;

/** A set's strategy, asked once for every layer of the network. */
final class LayerAttentions {

    private final List<Attention> layers;
    private final boolean sharesGroupNorm;
    private final Kernels kernels;

    LayerAttentions(AttentionStrategy strategy, List<SelfAttentionLayer> layers, Kernels kernels) {
        this.layers = layers.stream().map(strategy::at).toList();
        this.sharesGroupNorm = strategy.sharesGroupNorm();
        this.kernels = kernels;
    }

    boolean isPlain(int layer) {
        return layers.get(layer).isPlain();
    }

    boolean sharesGroupNorm() {
        return sharesGroupNorm;
    }

    NDArray attendPlainly(Heads own) {
        return Attention.plain().attend(own, List.of(), kernels);
    }

    NDArray attend(int layer, Heads own, List<Reference> references) {
        return layers.get(layer).attend(own, references, kernels);
    }
}
