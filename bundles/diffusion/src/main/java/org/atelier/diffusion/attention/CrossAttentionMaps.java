package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;

/**
 * Where words are in the images of one pass: what its cross-attentions show, averaged over heads and over the layers of a
 * resolution that have been passed. An image's map is computed from its row alone, whatever passes with it.
 */
public final class CrossAttentionMaps {

    /**
     * A map: of the layers with a feature map of that size, in tokens.
     *
     * @param row of the pass
     */
    record Key(int row, int height, int width, String word) {

        static Key of(AttentionLayer layer, int row, String word) {
            return new Key(row, layer.height(), layer.width(), word);
        }
    }

    /**
     * What some layers show.
     *
     * @param probabilities (1, token)
     */
    private record Sum(NDArray probabilities, int layers) {}

    private final LayerAttentions attentions;
    private final List<Map<String, List<Integer>>> positions = new ArrayList<>();
    private final Set<Integer> layers = new LinkedHashSet<>();
    private final NDManager memory;
    private final Map<Key, Sum> sums = new LinkedHashMap<>();

    /**
     * @param attentions say what is observed at each layer
     * @param prompts of each row
     * @param memory that the maps belong to
     */
    CrossAttentionMaps(LayerAttentions attentions, List<String> prompts, WordLocator words, NDManager memory) {
        this.attentions = attentions;
        this.memory = memory;
        Set<String> observed = attentions.observedWords();
        for (String prompt : prompts) {
            Map<String, List<Integer>> found = new HashMap<>();
            for (String word : observed) {
                List<Integer> at = words.positions(prompt, word);
                if (!at.isEmpty()) {
                    found.put(word, at);
                }
            }
            positions.add(found);
        }
        for (int layer = 0; layer < attentions.count(); layer++) {
            Set<String> atLayer = attentions.observedAt(layer);
            if (positions.stream().anyMatch(found -> found.keySet().stream().anyMatch(atLayer::contains))) {
                layers.add(layer);
            }
        }
    }

    /** The layers where something is observed, by their places. */
    Set<Integer> layers() {
        return layers;
    }

    /**
     * A cross-attention is passed.
     *
     * @param own queries and keys of the conditional half, (row, head, token, channel)
     */
    void observe(int layer, Heads own) {
        if (!layers.contains(layer)) {
            return;
        }
        for (int row = 0; row < positions.size(); row++) {
            Map<String, List<Integer>> found = new LinkedHashMap<>(positions.get(row));
            found.keySet().retainAll(attentions.observedAt(layer));
            if (!found.isEmpty()) {
                String at = row + ":" + (row + 1);
                NDArray probabilities = attentions
                        .kernels()
                        .probabilities(own.query().get(at), own.key().get(at))
                        .mean(new int[] {1});
                for (Map.Entry<String, List<Integer>> word : found.entrySet()) {
                    add(Key.of(attentions.layer(layer), row, word.getKey()), probabilities, word.getValue());
                }
            }
        }
    }

    /** @param probabilities (1, token, prompt token) */
    private void add(Key key, NDArray probabilities, List<Integer> promptTokens) {
        Sum before = sums.get(key);
        NDArray sum = before == null ? null : before.probabilities;
        for (int promptToken : promptTokens) {
            NDArray token = probabilities.get(":, :, " + promptToken);
            sum = sum == null ? token : token.add(sum);
        }
        NDArray kept = sum.duplicate();
        kept.attach(memory);
        if (before != null) {
            before.probabilities.close();
        }
        sums.put(key, new Sum(kept, before == null ? 1 : before.layers + 1));
    }

    /**
     * What has been observed of a row so far.
     *
     * @param layer says of which resolution
     * @param caller that the map shall belong to
     * @return (1, token)
     */
    Optional<NDArray> at(AttentionLayer layer, int row, String word, NDManager caller) {
        return Optional.ofNullable(sums.get(Key.of(layer, row, word))).map(sum -> mean(sum, caller));
    }

    /** All that has been observed, in the order in which it was. */
    Map<Key, NDArray> means(NDManager caller) {
        Map<Key, NDArray> means = new LinkedHashMap<>();
        sums.forEach((key, sum) -> means.put(key, mean(sum, caller)));
        return means;
    }

    private static NDArray mean(Sum sum, NDManager caller) {
        NDArray mean = sum.probabilities.div(sum.layers);
        mean.attach(caller);
        return mean;
    }
}
