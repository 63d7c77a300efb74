package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.ObservedMaps;
import org.atelier.api.attention.Reference;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.unet.AttentionProcessor;

/**
 * Applies the attention strategy of a set in one pass of images, which attend to recorded references or to each other.
 */
public final class SharedAttentionProcessor implements AttentionProcessor {

    private final LayerAttentions attentions;
    private final ImagePass pass;
    private final RecordedReferences recorded;
    private final PassAttentionMaps maps;
    private final List<Rows> rows;

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of a half, which have the same references. */
    private record Rows(int from, int to, List<Integer> references) {

        NDArray of(NDArray half) {
            return half.get(from + ":" + to);
        }

        Heads of(Heads half) {
            return new Heads(of(half.query()), of(half.key()), of(half.value()));
        }
    }

    /**
     * @param recorded the references of this step; none for a strategy without references
     * @param maps cross-attention maps of the images in the pass
     */
    public SharedAttentionProcessor(
            LayerAttentions attentions, ImagePass pass, RecordedReferences recorded, PassAttentionMaps maps) {
        this.attentions = attentions;
        this.pass = pass;
        this.recorded = recorded;
        this.maps = maps;
        this.rows = rows(pass.images(), recorded);
    }

    private static List<Rows> rows(List<Integer> images, RecordedReferences recorded) {
        if (recorded.isEmpty()) {
            return List.of(new Rows(0, images.size(), List.of()));
        }
        List<Rows> rows = new ArrayList<>();
        int from = 0;
        while (from < images.size()) {
            List<Integer> references = recorded.referencesFor(images.get(from));
            int to = from + 1;
            while (to < images.size() && recorded.referencesFor(images.get(to)).equals(references)) {
                to++;
            }
            rows.add(new Rows(from, to, references));
            from = to;
        }
        return rows;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        boolean observed = !attentions.observedAt(layer).isEmpty();
        if (attentions.isPlain(layer) && !observed) {
            return attentions.attendPlain(layer, own);
        }
        List<Heads> halves = pass.halves().split(own);
        if (observed) {
            maps.observe(layer, halves.get(halves.size() - 1));
        }
        if (attentions.isPlain(layer)) {
            return attentions.attendPlain(layer, own);
        }
        List<NDArray> attended = new ArrayList<>();
        for (Heads half : halves) {
            attended.add(attend(layer, half, attended.size()));
        }
        return pass.halves().concatenate(attended);
    }

    private NDArray attend(int layer, Heads own, int half) {
        if (rows.size() == 1) {
            return attend(layer, own, half, rows.get(0));
        }
        NDList attended = new NDList();
        rows.forEach(range -> attended.add(attend(layer, range.of(own), half, range)));
        return NDArrays.concat(attended);
    }

    private NDArray attend(int layer, Heads own, int half, Rows rows) {
        NDManager memory = own.query().getManager();
        List<Reference> references =
                recorded.isEmpty() ? List.of() : recorded.referencesAt(layer, half, rows.references, memory);
        return attentions.attend(
                layer,
                new AttentionCall(
                        attentions.layer(layer),
                        own,
                        references,
                        pass.step(),
                        pass.images().subList(rows.from, rows.to),
                        pass.half(half),
                        attentions.kernels(),
                        new CallMaps(attentions.layer(layer), references, rows, memory)));
    }

    /** The observed maps at one layer. */
    private final class CallMaps implements ObservedMaps {

        private final AttentionLayer layer;
        private final List<Reference> references;
        private final Rows rows;
        private final NDManager memory;

        /** @param references those of the rows */
        CallMaps(AttentionLayer layer, List<Reference> references, Rows rows, NDManager memory) {
            this.layer = layer;
            this.references = references;
            this.rows = rows;
            this.memory = memory;
        }

        @Override
        public Optional<NDArray> of(int image, String word) {
            return maps.at(layer, image, word, memory);
        }

        @Override
        public Optional<NDArray> of(Reference reference, String word) {
            return map(position(reference), word);
        }

        @Override
        public Optional<NDArray> meanOf(Reference reference, String word) {
            int position = position(reference);
            return map(position, word).map(map -> maps.meanOf(layer, rows.from, rows.to, position, word, map));
        }

        private Optional<NDArray> map(int position, String word) {
            return recorded.mapAt(attentions, layer, rows.references.get(position), word, memory);
        }

        @SuppressWarnings("ReferenceEquality") // a strategy passes one of the references of its call
        private int position(Reference reference) {
            for (int i = 0; i < references.size(); i++) {
                if (references.get(i) == reference) {
                    return i;
                }
            }
            throw new IllegalArgumentException("The reference does not belong to this attention call");
        }
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (recorded.isEmpty() || !attentions.sharesGroupNorm()) {
            return AttentionProcessor.super.normalise(norm, hidden);
        }
        return norm.forward(hidden, momentsForEach(norm, hidden), recorded.areaAt(norm));
    }

    /** The moments of the style references for each image of each half: (2, half · image, group). */
    private NDArray momentsForEach(GroupNorm norm, NDArray hidden) {
        NDList moments = new NDList();
        rows.forEach(images -> moments.add(momentsFor(images, norm, hidden)));
        NDArray all = moments.size() == 1 ? moments.get(0) : NDArrays.concat(moments, 2);
        Shape shape = all.getShape();
        return all.reshape(2, shape.get(1) * shape.get(2), shape.get(3));
    }

    /** (2, half, image, group). Images without a style reference get their own moments, which change nothing. */
    private NDArray momentsFor(Rows images, GroupNorm norm, NDArray hidden) {
        int halves = pass.halves().count();
        List<Integer> styles = recorded.styleReferences(images.references);
        if (styles.isEmpty()) {
            NDArray own = norm.moments(hidden);
            long groups = own.getShape().get(2);
            return own.reshape(2, halves, pass.images().size(), groups).get(":, :, " + images.from + ":" + images.to);
        }
        NDArray moments = recorded.momentsAt(norm, styles, hidden.getManager());
        long groups = moments.getShape().get(2);
        return moments.expandDims(2).broadcast(new Shape(2, halves, images.to - images.from, groups));
    }
}
