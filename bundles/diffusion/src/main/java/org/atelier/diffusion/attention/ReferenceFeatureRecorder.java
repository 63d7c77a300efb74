package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Reference;
import org.atelier.api.attention.Reference.Role;
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
    private final List<ReferenceUse> uses;
    private final NDManager keeping;
    private final Map<Integer, List<Heads>> heads = new HashMap<>();
    private final Map<LayerAttentions, CrossAttentionMaps> maps = new LinkedHashMap<>();
    private final Set<Integer> pending = new HashSet<>();
    private final Map<GroupNorm, Moments> moments = new HashMap<>();

    /** Moments of a feature map of that area, height times width. */
    private record Moments(NDArray values, long area) {}

    /**
     * @param takers how those attend that will take from the references: what any of them needs is kept
     * @param plain nothing is shared
     * @param references in the order in which they pass
     * @param keeping lives as long as the targets' passes
     */
    public ReferenceFeatureRecorder(
            Collection<LayerAttentions> takers,
            AttentionProcessor plain,
            GuidanceHalves halves,
            List<ReferenceInput> references,
            WordLocator words,
            NDManager keeping) {
        List<String> prompts = references.stream().map(ReferenceInput::prompt).toList();
        for (LayerAttentions taker : takers) {
            CrossAttentionMaps observed = new CrossAttentionMaps(taker, prompts, words, keeping);
            maps.put(taker, observed);
            wantedLayers.addAll(taker.shared());
            pending.addAll(observed.layers());
        }
        pending.addAll(wantedLayers);
        this.wantsGroupNorm = takers.stream().anyMatch(LayerAttentions::sharesGroupNorm);
        this.plain = plain;
        this.halves = halves;
        this.uses = references.stream().map(ReferenceInput::use).toList();
        this.keeping = keeping;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        if (pending.remove(layer)) {
            List<Heads> apart = halves.split(own);
            maps.values().forEach(observed -> observed.observe(layer, apart.get(apart.size() - 1)));
            if (wantedLayers.contains(layer)) {
                heads.put(layer, apart.stream().map(half -> seen(half, keeping)).toList());
            }
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

    /** Whether every layer that is shared or observed has been passed, and no group normalisation is still to come. */
    public boolean isComplete() {
        return !wantsGroupNorm && pending.isEmpty();
    }

    /** The references from which an image takes, by their places. */
    List<Integer> serving(int image) {
        return IntStream.range(0, uses.size())
                .filter(reference -> uses.get(reference).appliesTo(image))
                .boxed()
                .toList();
    }

    /**
     * What some references show at a shared layer, for one half of guidance.
     *
     * @param references their places
     * @param pass that the arrays belong to, so that what is made of them is freed with it
     */
    List<Reference> at(int layer, int half, List<Integer> references, NDManager pass) {
        Heads all = seen(heads.get(layer).get(half), pass);
        List<Reference> shown = new ArrayList<>();
        for (int i : references) {
            String at = i + ":" + (i + 1);
            Heads one = new Heads(
                    all.query().get(at), all.key().get(at), all.value().get(at));
            ReferenceUse use = uses.get(i);
            shown.add(new Reference(one, use.role(), use.weight(), use.images()));
        }
        return shown;
    }

    /**
     * Where a reference shows a word.
     *
     * @param taker has observed it
     * @param layer of the taker, says of which resolution
     * @return (1, token), in {@code pass}
     */
    Optional<NDArray> mapAt(LayerAttentions taker, AttentionLayer layer, int reference, String word, NDManager pass) {
        return maps.get(taker).at(layer, reference, word, pass);
    }

    /** Those among some references whose style is taken, by their places. */
    List<Integer> styles(List<Integer> references) {
        return references.stream()
                .filter(reference -> uses.get(reference).role() == Role.STYLE)
                .toList();
    }

    /**
     * The moments of references at a group normalisation, as if they were one image in which each has the area of its
     * weight.
     *
     * @param styles places of references whose style is taken, at least one
     * @return (2, half, group), in {@code pass}
     */
    NDArray momentsAt(GroupNorm norm, List<Integer> styles, NDManager pass) {
        NDArray each = seen(moments.get(norm).values, pass);
        long groups = each.getShape().get(2);
        NDArray apart = each.reshape(2, halves.count(), uses.size(), groups);
        NDArray mean = weighted(apart.get(0), styles);
        NDArray away = apart.get(0).sub(mean.expandDims(1));
        NDArray variance = weighted(apart.get(1).add(away.square()), styles);
        return NDArrays.stack(new NDList(mean, variance));
    }

    /** Height times width of the feature map at a group normalisation. */
    long areaAt(GroupNorm norm) {
        return moments.get(norm).area;
    }

    /** (half, reference, group) to (half, group). */
    private NDArray weighted(NDArray each, List<Integer> references) {
        NDArray sum = null;
        for (int i : references) {
            NDArray part = each.get(":, " + i).mul(uses.get(i).weight());
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
