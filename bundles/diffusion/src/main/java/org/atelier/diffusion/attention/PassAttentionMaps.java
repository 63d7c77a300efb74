package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;
import org.atelier.diffusion.attention.SetAttentionMaps.StepSum;

/**
 * Cross-attention maps of the images of one pass. If no layer of a resolution has run at this step, the resolution has the
 * map of the previous step. For references, the maps of this step are added to those of earlier steps.
 */
public final class PassAttentionMaps {

    /**
     * A word in a reference of some rows.
     *
     * @param firstRow the first of the rows that have the same references
     * @param reference position among these references
     * @param height of the feature map, in tokens
     * @param width of the feature map, in tokens
     */
    private record ReferenceKey(int firstRow, int reference, int height, int width, String word) {}

    /** A sum, the end of the rows that it belongs to, and a layer of its resolution. */
    private record ReferenceSum(StepSum sum, int endRow, AttentionLayer layer) {}

    private final List<Integer> images;
    private final List<Integer> views;
    private final CrossAttentionMaps current;
    private final SetAttentionMaps stored;
    private final NDManager passMemory;
    private final Map<ReferenceKey, ReferenceSum> references = new LinkedHashMap<>();

    PassAttentionMaps(
            List<Integer> images,
            List<Integer> views,
            CrossAttentionMaps current,
            SetAttentionMaps stored,
            NDManager passMemory) {
        this.images = images;
        this.views = views;
        this.current = current;
        this.stored = stored;
        this.passMemory = passMemory;
    }

    /** @param own heads of the conditional half */
    void observe(int layer, Heads own) {
        current.observe(layer, own);
    }

    /** @return (1, token), in {@code memory} */
    Optional<NDArray> at(AttentionLayer layer, int image, String word, NDManager memory) {
        int row = images.indexOf(image);
        return row < 0
                ? Optional.empty()
                : current.at(layer, row, word, memory).or(() -> stored.at(layer, views.get(row), word, memory));
    }

    /**
     * The mean map of a word in a reference over the steps so far. The rows have passed the same steps, since they share
     * a batch and have the same references.
     *
     * @param firstRow the first of the rows
     * @param endRow after the last of them
     * @param reference position among the references of the rows
     * @param map of this step, (1, token)
     * @return (1, token), owned by the manager of {@code map}
     */
    NDArray meanOf(AttentionLayer layer, int firstRow, int endRow, int reference, String word, NDArray map) {
        ReferenceKey key = new ReferenceKey(firstRow, reference, layer.height(), layer.width(), word);
        StepSum sum = references.computeIfAbsent(
                        key, absent -> new ReferenceSum(sum(layer, firstRow, reference, word, map), endRow, layer))
                .sum;
        NDArray mean = sum.probabilities().div(sum.steps());
        mean.attach(map.getManager());
        return mean;
    }

    private StepSum sum(AttentionLayer layer, int row, int reference, String word, NDArray map) {
        Optional<StepSum> earlier = stored.sum(layer, views.get(row), reference, word);
        NDArray sum = earlier.map(before -> map.add(before.probabilities())).orElseGet(map::duplicate);
        sum.attach(passMemory);
        return new StepSum(sum, earlier.map(StepSum::steps).orElse(0) + 1);
    }

    /** Stores the observed maps for the next step. Call it once the pass has succeeded. */
    public void store() {
        stored.store(views, current);
        references.forEach((key, found) -> {
            for (int row = key.firstRow; row < found.endRow; row++) {
                stored.store(found.layer, views.get(row), key.reference, key.word, found.sum);
            }
        });
    }
}
