package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
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

    private LayerAttentions(List<Attention> layers, boolean sharesGroupNorm, Kernels kernels) {
        this.layers = layers;
        this.sharesGroupNorm = sharesGroupNorm;
        this.kernels = kernels;
    }

    static LayerAttentions of(AttentionStrategy strategy, List<SelfAttentionLayer> layers, Kernels kernels) {
        return new LayerAttentions(layers.stream().map(strategy::at).toList(), strategy.sharesGroupNorm(), kernels);
    }

    /** The same layers, all plain. */
    LayerAttentions plain() {
        return new LayerAttentions(Collections.nCopies(layers.size(), Attention.plain()), false, kernels);
    }

    /** How many layers are not plain. */
    long shared() {
        return layers.stream().filter(attention -> !attention.isPlain()).count();
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
