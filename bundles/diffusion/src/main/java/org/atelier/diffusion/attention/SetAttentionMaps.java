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

/** Where words were in the images of a set when they passed the network last; what one step hands on to the next. */
public final class SetAttentionMaps {

    private record Key(int image, int height, int width, String word) {}

    private final WordLocator words;
    private final NDManager memory;
    private final Map<Key, NDArray> maps = new LinkedHashMap<>();

    /** @param memory that the maps belong to; lives as long as the set */
    public SetAttentionMaps(WordLocator words, NDManager memory) {
        this.words = words;
        this.memory = memory;
    }

    /** How words are found in prompts. */
    public WordLocator words() {
        return words;
    }

    /**
     * Begins a pass.
     *
     * @param images that pass, by their places in the set
     * @param prompts of each of them
     * @param passMemory lives as long as the pass
     */
    public PassAttentionMaps begin(
            LayerAttentions attentions, List<Integer> images, List<String> prompts, NDManager passMemory) {
        return new PassAttentionMaps(images, new CrossAttentionMaps(attentions, prompts, words, passMemory), this);
    }

    void keep(List<Integer> images, CrossAttentionMaps passed) {
        passed.means(memory).forEach((key, map) -> put(images.get(key.row()), key, map));
    }

    private void put(int image, CrossAttentionMaps.Key key, NDArray map) {
        NDArray before = maps.put(new Key(image, key.height(), key.width(), key.word()), map);
        if (before != null) {
            before.close();
        }
    }

    /** @return (1, token), in {@code caller} */
    Optional<NDArray> at(AttentionLayer layer, int image, String word, NDManager caller) {
        return Optional.ofNullable(maps.get(new Key(image, layer.height(), layer.width(), word)))
                .map(map -> {
                    NDArray own = map.duplicate();
                    own.attach(caller);
                    return own;
                });
    }

    /** All of them, copied to Java's memory. */
    public List<ObservedMap> state() {
        List<ObservedMap> state = new ArrayList<>();
        maps.forEach((key, map) -> state.add(new ObservedMap(
                key.image,
                key.height,
                key.width,
                key.word,
                new FloatTensor(List.of(1L, map.getShape().get(1)), FloatBuffer.wrap(map.toFloatArray())))));
        return state;
    }

    /** Puts them where they were. */
    public void restore(List<ObservedMap> state) {
        for (ObservedMap observed : state) {
            float[] values = new float[observed.probabilities().values().remaining()];
            observed.probabilities().values().duplicate().get(values);
            maps.put(
                    new Key(observed.image(), observed.height(), observed.width(), observed.word()),
                    memory.create(values, new Shape(1, values.length)));
        }
    }
}
