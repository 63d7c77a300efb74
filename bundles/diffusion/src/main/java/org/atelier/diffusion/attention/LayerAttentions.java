package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.AttentionLayer.Kind;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.diffusion.unet.AttentionProcessor;

/** A strategy, asked once for every layer of the network at one size. Images that have the same can pass together. */
public final class LayerAttentions {

    /** A layer and what the strategy says of it. */
    private record Answered(AttentionLayer layer, Attention attention, Set<String> observedWords) {}

    private final List<Answered> layers;
    private final boolean sharesGroupNorm;
    private final AttentionStrategy.Coupling coupling;
    private final Kernels kernels;
    private final AttentionProcessor plain;

    private LayerAttentions(List<Answered> layers, AttentionStrategy strategy, Kernels kernels) {
        this.layers = layers;
        this.sharesGroupNorm = strategy.sharesGroupNorm();
        this.coupling = strategy.coupling();
        this.kernels = kernels;
        this.plain = AttentionProcessor.plain(kernels);
    }

    /** @param layers all attentions of the network, in registration order */
    public static LayerAttentions of(AttentionStrategy strategy, List<AttentionLayer> layers, Kernels kernels) {
        List<Answered> answered = new ArrayList<>();
        for (AttentionLayer layer : layers) {
            Set<String> observed = layer.kind() == Kind.CROSS ? strategy.observedWords(layer) : Set.of();
            answered.add(new Answered(layer, strategy.at(layer), Set.copyOf(observed)));
        }
        return new LayerAttentions(answered, strategy, kernels);
    }

    public AttentionStrategy.Coupling coupling() {
        return coupling;
    }

    /** The layers that are not plain. */
    Set<Integer> shared() {
        return IntStream.range(0, layers.size())
                .filter(layer -> !isPlain(layer))
                .boxed()
                .collect(Collectors.toSet());
    }

    /** How many layers there are. */
    int count() {
        return layers.size();
    }

    /** The words whose places at a layer are observed. */
    Set<String> observedAt(int layer) {
        return layers.get(layer).observedWords;
    }

    /** The words whose places are observed at any layer. */
    Set<String> observedWords() {
        return layers.stream()
                .flatMap(answered -> answered.observedWords.stream())
                .collect(Collectors.toSet());
    }

    boolean isPlain(int layer) {
        return layers.get(layer).attention.isPlain();
    }

    boolean sharesGroupNorm() {
        return sharesGroupNorm;
    }

    AttentionLayer layer(int layer) {
        return layers.get(layer).layer;
    }

    Kernels kernels() {
        return kernels;
    }

    NDArray attendPlain(int layer, Heads own) {
        return plain.attend(layer, own);
    }

    NDArray attend(int layer, AttentionCall call) {
        return layers.get(layer).attention.attend(call);
    }
}
