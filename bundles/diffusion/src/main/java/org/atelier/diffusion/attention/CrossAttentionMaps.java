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
 * Cross-attention maps of words in the images of one pass, averaged over heads and over those layers of a resolution that
 * have run. The map of an image depends only on its own row, not on the rest of the batch.
 */
public final class CrossAttentionMaps {

    /**
     * Identifies a map. Height and width are those of the feature map, in tokens.
     *
     * @param row of the batch
     */
    record Key(int row, int height, int width, String word) {

        static Key of(AttentionLayer layer, int row, String word) {
            return new Key(row, layer.height(), layer.width(), word);
        }
    }

    /**
     * The sum of the maps of some layers.
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
     * @param attentions define the words observed at each layer
     * @param prompts one for each row
     * @param memory owns the maps
     */
    CrossAttentionMaps(LayerAttentions attentions, List<String> prompts, WordLocator wordLocator, NDManager memory) {
        this.attentions = attentions;
        this.memory = memory;
        Set<String> observed = attentions.observedWords();
        for (String prompt : prompts) {
            Map<String, List<Integer>> found = new HashMap<>();
            for (String word : observed) {
                List<Integer> tokens = wordLocator.positions(prompt, word);
                if (!tokens.isEmpty()) {
                    found.put(word, tokens);
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

    /** The indices of the layers that observe a word. */
    Set<Integer> layers() {
        return layers;
    }

    /**
     * Adds the maps of one cross-attention layer.
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
                String range = row + ":" + (row + 1);
                NDArray probabilities = attentions
                        .kernels()
                        .probabilities(own.query().get(range), own.key().get(range))
                        .mean(new int[] {1});
                for (Map.Entry<String, List<Integer>> word : found.entrySet()) {
                    add(Key.of(attentions.layer(layer), row, word.getKey()), probabilities, word.getValue());
                }
            }
        }
    }

    /** @param probabilities (1, token, prompt token) */
    private void add(Key key, NDArray probabilities, List<Integer> promptTokens) {
        Sum previous = sums.get(key);
        NDArray sum = previous == null ? null : previous.probabilities;
        for (int promptToken : promptTokens) {
            NDArray token = probabilities.get(":, :, " + promptToken);
            sum = sum == null ? token : token.add(sum);
        }
        NDArray total = sum.duplicate();
        total.attach(memory);
        if (previous != null) {
            previous.probabilities.close();
        }
        sums.put(key, new Sum(total, previous == null ? 1 : previous.layers + 1));
    }

    /**
     * The mean map of a row over the layers that have run.
     *
     * @param layer its resolution selects the map
     * @param caller owns the returned map
     * @return (1, token)
     */
    Optional<NDArray> at(AttentionLayer layer, int row, String word, NDManager caller) {
        return Optional.ofNullable(sums.get(Key.of(layer, row, word))).map(sum -> mean(sum, caller));
    }

    /** All maps, each (1, token), in the order in which they were first observed. */
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
