package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Reference;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.unet.AttentionProcessor;

/**
 * A step's pass of the references: each attends to itself alone, since sharing with itself changes nothing, and each
 * shared layer keeps what the targets' passes of this step will take from it.
 */
public final class ReferenceFeatureRecorder implements AttentionProcessor {

    private final Set<Integer> wantedLayers = new HashSet<>();
    private final boolean wantsGroupNorm;
    private final AttentionProcessor plain;
    private final GuidanceHalves halves;
    private final List<Double> weights;
    private final NDManager keeping;
    private final Map<Integer, List<Heads>> heads = new HashMap<>();
    private final Map<GroupNorm, Moments> moments = new HashMap<>();

    /** Moments of a feature map of that area, height times width. */
    private record Moments(NDArray values, long area) {}

    /**
     * @param takers how those attend that will take from the references: what any of them needs is kept
     * @param plain nothing is shared
     * @param weights of the references, in the order in which they pass; sum to 1
     * @param keeping lives as long as the targets' passes of this step
     */
    public ReferenceFeatureRecorder(
            Collection<LayerAttentions> takers,
            AttentionProcessor plain,
            GuidanceHalves halves,
            List<Double> weights,
            NDManager keeping) {
        takers.forEach(taker -> wantedLayers.addAll(taker.shared()));
        this.wantsGroupNorm = takers.stream().anyMatch(LayerAttentions::sharesGroupNorm);
        this.plain = plain;
        this.halves = halves;
        this.weights = weights;
        this.keeping = keeping;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        if (wantedLayers.contains(layer)) {
            heads.put(
                    layer,
                    halves.apart(own).stream().map(half -> seen(half, keeping)).toList());
        }
        return plain.attend(layer, own);
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (wantsGroupNorm) {
            moments.put(norm, new Moments(seen(norm.moments(hidden), keeping), GroupNorm.area(hidden)));
        }
        return AttentionProcessor.super.normalise(norm, hidden);
    }

    /** Whether every shared layer has been passed, and no group normalisation is still to come. */
    public boolean isComplete() {
        return !wantsGroupNorm && heads.size() == wantedLayers.size();
    }

    /**
     * What the references show at a shared layer, for one half of guidance.
     *
     * @param pass that the arrays belong to, so that what is made of them is freed with it
     */
    List<Reference> at(int layer, int half, NDManager pass) {
        Heads all = seen(heads.get(layer).get(half), pass);
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            String at = i + ":" + (i + 1);
            Heads one = new Heads(
                    all.query().get(at), all.key().get(at), all.value().get(at));
            references.add(new Reference(one, weights.get(i)));
        }
        return references;
    }

    /**
     * The references' moments at a group normalisation, as if they were one image in which each has the area of its
     * weight: (2, half, group), in {@code pass}.
     */
    NDArray momentsAt(GroupNorm norm, NDManager pass) {
        NDArray each = seen(moments.get(norm).values, pass);
        long groups = each.getShape().get(2);
        NDArray apart = each.reshape(2, halves.count(), weights.size(), groups);
        NDArray mean = weighted(apart.get(0));
        NDArray away = apart.get(0).sub(mean.expandDims(1));
        NDArray variance = weighted(apart.get(1).add(away.square()));
        return NDArrays.stack(new NDList(mean, variance));
    }

    /** Height times width of the feature map at a group normalisation. */
    long areaAt(GroupNorm norm) {
        return moments.get(norm).area;
    }

    /** (half, reference, group) to (half, group). */
    private NDArray weighted(NDArray each) {
        NDArray sum = null;
        for (int i = 0; i < weights.size(); i++) {
            NDArray part = each.get(":, " + i).mul(weights.get(i));
            sum = sum == null ? part : sum.add(part);
        }
        return sum;
    }

    private static Heads seen(Heads heads, NDManager manager) {
        return new Heads(seen(heads.query(), manager), seen(heads.key(), manager), seen(heads.value(), manager));
    }

    /** A view that lives as long as that manager, whatever becomes of the array itself. */
    private static NDArray seen(NDArray array, NDManager manager) {
        NDArray view = array.get(":");
        view.attach(manager);
        return view;
    }
}
