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

/** The latest cross-attention maps of a set, carried from one step to the next. */
public final class SetAttentionMaps {

    private record Key(int view, int height, int width, String word) {}

    private final WordLocator wordLocator;
    private final NDManager memory;
    private final Map<Key, NDArray> maps = new LinkedHashMap<>();

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
                images, views, new CrossAttentionMaps(attentions, prompts, wordLocator, passMemory), this);
    }

    void store(List<Integer> views, CrossAttentionMaps passed) {
        passed.means(memory).forEach((key, map) -> put(views.get(key.row()), key, map));
    }

    private void put(int view, CrossAttentionMaps.Key key, NDArray map) {
        NDArray before = maps.put(new Key(view, key.height(), key.width(), key.word()), map);
        if (before != null) {
            before.close();
        }
    }

    /** @return (1, token), owned by {@code caller} */
    Optional<NDArray> at(AttentionLayer layer, int view, String word, NDManager caller) {
        return Optional.ofNullable(maps.get(new Key(view, layer.height(), layer.width(), word)))
                .map(map -> {
                    NDArray own = map.duplicate();
                    own.attach(caller);
                    return own;
                });
    }

    /** Copies all maps to the Java heap. */
    public List<ObservedMap> state() {
        List<ObservedMap> state = new ArrayList<>();
        maps.forEach((key, map) -> state.add(new ObservedMap(
                key.view,
                key.height,
                key.width,
                key.word,
                new FloatTensor(List.of(1L, map.getShape().get(1)), FloatBuffer.wrap(map.toFloatArray())))));
        return state;
    }

    /** Restores the maps of a checkpoint. */
    public void restore(List<ObservedMap> state) {
        for (ObservedMap observed : state) {
            float[] values = new float[observed.probabilities().values().remaining()];
            observed.probabilities().values().duplicate().get(values);
            maps.put(
                    new Key(observed.view(), observed.height(), observed.width(), observed.word()),
                    memory.create(values, new Shape(1, values.length)));
        }
    }
}
