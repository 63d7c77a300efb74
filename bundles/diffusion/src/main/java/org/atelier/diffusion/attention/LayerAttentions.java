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

/**
 * The attention of a strategy at every layer of the network, for one image size. Images with the same instance can
 * share a batch.
 */
public final class LayerAttentions {

    /** A layer, its attention and the words observed there. */
    private record LayerStrategy(AttentionLayer layer, Attention attention, Set<String> observedWords) {}

    private final List<LayerStrategy> layers;
    private final boolean sharesGroupNorm;
    private final AttentionStrategy.Coupling coupling;
    private final Kernels kernels;
    private final AttentionProcessor plain;

    private LayerAttentions(List<LayerStrategy> layers, AttentionStrategy strategy, Kernels kernels) {
        this.layers = layers;
        this.sharesGroupNorm = strategy.sharesGroupNorm();
        this.coupling = strategy.coupling();
        this.kernels = kernels;
        this.plain = AttentionProcessor.plain(kernels);
    }

    /** @param layers all attention layers of the network, in registration order */
    public static LayerAttentions of(AttentionStrategy strategy, List<AttentionLayer> layers, Kernels kernels) {
        List<LayerStrategy> layerStrategies = new ArrayList<>();
        for (AttentionLayer layer : layers) {
            Set<String> observed = layer.kind() == Kind.CROSS ? strategy.observedWords(layer) : Set.of();
            layerStrategies.add(new LayerStrategy(layer, strategy.at(layer), Set.copyOf(observed)));
        }
        return new LayerAttentions(layerStrategies, strategy, kernels);
    }

    public AttentionStrategy.Coupling coupling() {
        return coupling;
    }

    /** The indices of the layers whose attention is not plain. */
    Set<Integer> sharedLayers() {
        return IntStream.range(0, layers.size())
                .filter(layer -> !isPlain(layer))
                .boxed()
                .collect(Collectors.toSet());
    }

    /** The number of layers. */
    int count() {
        return layers.size();
    }

    /** The words whose maps are recorded at a layer. */
    Set<String> observedAt(int layer) {
        return layers.get(layer).observedWords;
    }

    /** Whether maps of words are recorded at any layer. */
    public boolean observesWords() {
        return !observedWords().isEmpty();
    }

    /** The words whose maps are recorded at any layer. */
    Set<String> observedWords() {
        return layers.stream().flatMap(layer -> layer.observedWords.stream()).collect(Collectors.toSet());
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

    /** Attention without sharing, shaped as the queries: (image, head, token, channel). */
    NDArray attendPlain(int layer, Heads own) {
        return plain.attend(layer, own);
    }

    /** The attention of the strategy, shaped as the queries: (image, head, token, channel). */
    NDArray attend(int layer, AttentionCall call) {
        return layers.get(layer).attention.attend(call);
    }
}
