package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.Reference.Role;
import org.atelier.diffusion.layers.GroupNorm;

/**
 * The recorded features of all references that a pass of images reads. References of one size are recorded together; the
 * index of a reference counts over all recorders.
 *
 * @param recorders each has recorded references of one size
 */
public record RecordedReferences(List<ReferenceFeatureRecorder> recorders) {

    /** No references. */
    public static final RecordedReferences NONE = new RecordedReferences(List.of());

    /** Makes a defensive copy. */
    public RecordedReferences {
        recorders = List.copyOf(recorders);
    }

    /** The recorder and row of a reference. */
    private record RecordedRow(ReferenceFeatureRecorder recorder, int row) {}

    /** Adds the references of others after these. */
    public RecordedReferences with(RecordedReferences others) {
        return new RecordedReferences(
                Stream.concat(recorders.stream(), others.recorders.stream()).toList());
    }

    /** Whether there are no references. */
    public boolean isEmpty() {
        return recorders.isEmpty();
    }

    private List<RecordedRow> rows() {
        return recorders.stream()
                .flatMap(recorder ->
                        IntStream.range(0, recorder.uses().size()).mapToObj(row -> new RecordedRow(recorder, row)))
                .toList();
    }

    private static ReferenceUse use(RecordedRow row) {
        return row.recorder.uses().get(row.row);
    }

    /** The indices of the references that apply to an image. */
    List<Integer> referencesFor(int image) {
        List<RecordedRow> rows = rows();
        return IntStream.range(0, rows.size())
                .filter(reference -> use(rows.get(reference)).appliesTo(image))
                .boxed()
                .toList();
    }

    /**
     * The features of some references at a shared layer, for one half of guidance.
     *
     * @param references their indices
     * @param passManager owns the returned arrays and everything computed from them
     */
    List<Reference> referencesAt(int layer, int half, List<Integer> references, NDManager passManager) {
        List<RecordedRow> rows = rows();
        return references.stream()
                .map(rows::get)
                .map(row -> row.recorder.referenceAt(layer, half, row.row, passManager))
                .toList();
    }

    /** As {@link ReferenceFeatureRecorder#mapAt}. */
    Optional<NDArray> mapAt(
            LayerAttentions consumer, AttentionLayer layer, int reference, String word, NDManager passManager) {
        RecordedRow row = rows().get(reference);
        return row.recorder.mapAt(consumer, layer, row.row, word, passManager);
    }

    /** The indices of those references that have the role style. */
    List<Integer> styleReferences(List<Integer> references) {
        List<RecordedRow> rows = rows();
        return references.stream()
                .filter(reference -> use(rows.get(reference)).role() == Role.STYLE)
                .toList();
    }

    /**
     * The moments of several references at a group normalisation, as if they were one image in which the area of each
     * is proportional to its weight.
     *
     * @param styles indices of references with the role style, at least one
     * @return (2, half, group), owned by {@code passManager}
     */
    NDArray momentsAt(GroupNorm norm, List<Integer> styles, NDManager passManager) {
        List<RecordedRow> rows = styles.stream().map(rows()::get).toList();
        List<NDArray> moments = rows.stream()
                .map(row -> row.recorder.momentsAt(norm, row.row, passManager))
                .toList();
        NDArray mean = weighted(moments.stream().map(each -> each.get(0)).toList(), rows);
        List<NDArray> variances = new ArrayList<>();
        for (NDArray each : moments) {
            variances.add(each.get(1).add(each.get(0).sub(mean).square()));
        }
        return NDArrays.stack(new NDList(mean, weighted(variances, rows)));
    }

    /** Height times width of the feature map of a style reference at a group normalisation. */
    long areaAt(GroupNorm norm) {
        return recorders.get(0).areaAt(norm);
    }

    /** The sum over references, each (half, group), by weight. */
    private static NDArray weighted(List<NDArray> values, List<RecordedRow> rows) {
        NDArray sum = null;
        for (int i = 0; i < values.size(); i++) {
            NDArray part = values.get(i).mul(use(rows.get(i)).weight());
            sum = sum == null ? part : sum.add(part);
        }
        return sum;
    }
}
