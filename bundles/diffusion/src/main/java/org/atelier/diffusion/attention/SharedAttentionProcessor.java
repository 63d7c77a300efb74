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

/** A step's pass of images that attend as the set's strategy says, with a reference or among themselves. */
public final class SharedAttentionProcessor implements AttentionProcessor {

    private final LayerAttentions attentions;
    private final ImagePass pass;
    private final ReferenceFeatureRecorder reference;
    private final PassAttentionMaps maps;
    private final List<Rows> rows;

    /** Rows of a half, from one to before another, that take from the same references. */
    private record Rows(int from, int to, List<Integer> references) {

        NDArray of(NDArray half) {
            return half.get(from + ":" + to);
        }

        Heads of(Heads half) {
            return new Heads(of(half.query()), of(half.key()), of(half.value()));
        }
    }

    /**
     * @param reference has passed at this step; {@code null} for a strategy that asks for none
     * @param maps of the images that pass
     */
    public SharedAttentionProcessor(
            LayerAttentions attentions, ImagePass pass, ReferenceFeatureRecorder reference, PassAttentionMaps maps) {
        this.attentions = attentions;
        this.pass = pass;
        this.reference = reference;
        this.maps = maps;
        this.rows = rows(pass.images(), reference);
    }

    private static List<Rows> rows(List<Integer> images, ReferenceFeatureRecorder reference) {
        if (reference == null) {
            return List.of(new Rows(0, images.size(), List.of()));
        }
        List<Rows> rows = new ArrayList<>();
        int from = 0;
        while (from < images.size()) {
            List<Integer> serving = reference.serving(images.get(from));
            int to = from + 1;
            while (to < images.size() && reference.serving(images.get(to)).equals(serving)) {
                to++;
            }
            rows.add(new Rows(from, to, serving));
            from = to;
        }
        return rows;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        boolean isObserved = !attentions.observedAt(layer).isEmpty();
        if (attentions.isPlain(layer) && !isObserved) {
            return attentions.attendPlain(layer, own);
        }
        List<Heads> halves = pass.halves().split(own);
        if (isObserved) {
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
        rows.forEach(each -> attended.add(attend(layer, each.of(own), half, each)));
        return NDArrays.concat(attended);
    }

    private NDArray attend(int layer, Heads own, int half, Rows of) {
        NDManager memory = own.query().getManager();
        List<Reference> references = reference == null ? List.of() : reference.at(layer, half, of.references, memory);
        return attentions.attend(
                layer,
                new AttentionCall(
                        attentions.layer(layer),
                        own,
                        references,
                        pass.step(),
                        pass.images().subList(of.from, of.to),
                        pass.half(half),
                        attentions.kernels(),
                        new CallMaps(attentions.layer(layer), references, of.references, memory)));
    }

    /** What is observed, as a call at a layer sees it. */
    private final class CallMaps implements ObservedMaps {

        private final AttentionLayer layer;
        private final List<Reference> references;
        private final List<Integer> places;
        private final NDManager memory;

        /** @param places of the references among all that have passed */
        CallMaps(AttentionLayer layer, List<Reference> references, List<Integer> places, NDManager memory) {
            this.layer = layer;
            this.references = references;
            this.places = places;
            this.memory = memory;
        }

        @Override
        public Optional<NDArray> of(int image, String word) {
            return maps.at(layer, image, word, memory);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a strategy asks with the very reference that it was given
        public Optional<NDArray> of(Reference asked, String word) {
            for (int i = 0; i < references.size(); i++) {
                if (references.get(i) == asked) {
                    return reference.mapAt(attentions, layer, places.get(i), word, memory);
                }
            }
            throw new IllegalArgumentException("That is no reference of this call");
        }
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (reference == null || !attentions.sharesGroupNorm()) {
            return AttentionProcessor.super.normalise(norm, hidden);
        }
        return norm.forward(hidden, momentsForEach(norm, hidden), reference.areaAt(norm));
    }

    /** Each half's moments of the styles, for each of that half's images: (2, half · image, group). */
    private NDArray momentsForEach(GroupNorm norm, NDArray hidden) {
        NDList moments = new NDList();
        rows.forEach(each -> moments.add(momentsFor(each, norm, hidden)));
        NDArray all = moments.size() == 1 ? moments.get(0) : NDArrays.concat(moments, 2);
        Shape shape = all.getShape();
        return all.reshape(2, shape.get(1) * shape.get(2), shape.get(3));
    }

    /** (2, half, image, group); their own moments, which change nothing, for images that take no style. */
    private NDArray momentsFor(Rows images, GroupNorm norm, NDArray hidden) {
        int halves = pass.halves().count();
        List<Integer> styles = reference.styles(images.references);
        if (styles.isEmpty()) {
            NDArray own = norm.moments(hidden);
            long groups = own.getShape().get(2);
            return own.reshape(2, halves, pass.images().size(), groups).get(":, :, " + images.from + ":" + images.to);
        }
        NDArray shown = reference.momentsAt(norm, styles, hidden.getManager());
        long groups = shown.getShape().get(2);
        return shown.expandDims(2).broadcast(new Shape(2, halves, images.to - images.from, groups));
    }
}
