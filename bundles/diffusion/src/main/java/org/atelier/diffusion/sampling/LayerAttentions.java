package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Reference;

/** A strategy, asked once for every layer of the network at one size. Pictures that have the same can pass together. */
public final class LayerAttentions {

    private final List<Attention> layers;
    private final boolean sharesGroupNorm;
    private final AttentionStrategy.Coupling coupling;
    private final Kernels kernels;

    private LayerAttentions(
            List<Attention> layers, boolean sharesGroupNorm, AttentionStrategy.Coupling coupling, Kernels kernels) {
        this.layers = layers;
        this.sharesGroupNorm = sharesGroupNorm;
        this.coupling = coupling;
        this.kernels = kernels;
    }

    public static LayerAttentions of(AttentionStrategy strategy, List<AttentionLayer> layers, Kernels kernels) {
        return new LayerAttentions(
                layers.stream().map(strategy::at).toList(), strategy.sharesGroupNorm(), strategy.coupling(), kernels);
    }

    /** The same layers, all plain. */
    LayerAttentions plain() {
        return new LayerAttentions(
                Collections.nCopies(layers.size(), Attention.plain()), false, AttentionStrategy.Coupling.NONE, kernels);
    }

    AttentionStrategy.Coupling coupling() {
        return coupling;
    }

    /** The layers that are not plain. */
    Set<Integer> shared() {
        return IntStream.range(0, layers.size())
                .filter(layer -> !isPlain(layer))
                .boxed()
                .collect(Collectors.toSet());
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
