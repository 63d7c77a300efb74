package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.models.safetensors.FloatTensor;

/**
 * The cross-attention maps of a set that are carried from one step to the next: the latest maps of each view, and for each
 * view the sums of the maps of its references. These belong to a view, not to the set, since a view may have references
 * and a first step of its own.
 */
public final class SetAttentionMaps {

    private record Key(int view, int reference, int height, int width, String word) {}

    /**
     * The sum of a map over steps.
     *
     * @param probabilities (1, token)
     */
    record StepSum(NDArray probabilities, int steps) {}

    private final WordLocator wordLocator;
    private final NDManager memory;
    private final Map<Key, StepSum> maps = new LinkedHashMap<>();

    /** @param memory owns the maps; stays open as long as the set */
    public SetAttentionMaps(WordLocator wordLocator, NDManager memory) {
        this.wordLocator = wordLocator;
        this.memory = memory;
    }

    /** Locates words in prompts. */
    public WordLocator wordLocator() {
        return wordLocator;
    }

    /**
     * Creates the maps of a pass of whole images.
     *
     * @param images indices of the images in the pass
     * @param prompts one for each image
     * @param passMemory stays open as long as the pass
     */
    public PassAttentionMaps forPass(
            LayerAttentions attentions, List<Integer> images, List<String> prompts, NDManager passMemory) {
        return forPass(attentions, images, images, prompts, passMemory);
    }

    /**
     * Creates the maps of one pass.
     *
     * @param images the image of each row; if words are observed, no two rows have the same
     * @param views the number of the view of each row
     * @param prompts one for each row
     * @param passMemory stays open as long as the pass
     */
    public PassAttentionMaps forPass(
            LayerAttentions attentions,
            List<Integer> images,
            List<Integer> views,
            List<String> prompts,
            NDManager passMemory) {
        return new PassAttentionMaps(
                images, views, new CrossAttentionMaps(attentions, prompts, wordLocator, passMemory), this, passMemory);
    }

    void store(List<Integer> views, CrossAttentionMaps passed) {
        passed.means(memory)
                .forEach((key, map) -> put(
                        new Key(views.get(key.row()), ObservedMap.OWN, key.height(), key.width(), key.word()),
                        new StepSum(map, 1)));
    }

    /** Stores the sum of the maps of a word in a reference of a view, this step included. */
    void store(AttentionLayer layer, int view, int reference, String word, StepSum sum) {
        put(
                new Key(view, reference, layer.height(), layer.width(), word),
                new StepSum(copy(sum.probabilities, memory), sum.steps));
    }

    private void put(Key key, StepSum sum) {
        StepSum before = maps.put(key, sum);
        if (before != null) {
            before.probabilities.close();
        }
    }

    /** @return (1, token), owned by {@code caller} */
    Optional<NDArray> at(AttentionLayer layer, int view, String word, NDManager caller) {
        return sum(layer, view, ObservedMap.OWN, word).map(sum -> copy(sum.probabilities, caller));
    }

    /** The sum over the earlier steps; not to be closed. */
    Optional<StepSum> sum(AttentionLayer layer, int view, int reference, String word) {
        return Optional.ofNullable(maps.get(new Key(view, reference, layer.height(), layer.width(), word)));
    }

    private static NDArray copy(NDArray map, NDManager owner) {
        NDArray copy = map.duplicate();
        copy.attach(owner);
        return copy;
    }

    /** Copies all maps to the Java heap. */
    public List<ObservedMap> state() {
        List<ObservedMap> state = new ArrayList<>();
        maps.forEach((key, sum) -> state.add(new ObservedMap(
                key.view,
                key.reference,
                key.height,
                key.width,
                key.word,
                sum.steps,
                new FloatTensor(
                        List.of(1L, sum.probabilities.getShape().get(1)),
                        FloatBuffer.wrap(sum.probabilities.toFloatArray())))));
        return state;
    }

    /** Restores the maps of a checkpoint. */
    public void restore(List<ObservedMap> state) {
        for (ObservedMap observed : state) {
            float[] values = new float[observed.probabilities().values().remaining()];
            observed.probabilities().values().duplicate().get(values);
            maps.put(
                    new Key(
                            observed.view(),
                            observed.reference(),
                            observed.height(),
                            observed.width(),
                            observed.word()),
                    new StepSum(memory.create(values, new Shape(1, values.length)), observed.steps()));
        }
    }
}
