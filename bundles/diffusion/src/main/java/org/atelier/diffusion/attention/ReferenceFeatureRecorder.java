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
 * Records the features of the references in their pass at a step. In this pass each reference attends only to itself, since
 * sharing with itself changes nothing. Every shared layer records the features that the images of the set need at this step.
 */
public final class ReferenceFeatureRecorder implements AttentionProcessor {

    private final Set<Integer> sharedLayers = new HashSet<>();
    private final boolean sharesGroupNorm;
    private final AttentionProcessor plain;
    private final GuidanceHalves halves;
    private final List<ReferenceUse> uses;
    private final NDManager recordManager;
    private final Map<Integer, List<Heads>> heads = new HashMap<>();
    private final Map<LayerAttentions, CrossAttentionMaps> maps = new LinkedHashMap<>();
    private final Set<Integer> pending = new HashSet<>();
    private final Map<GroupNorm, Moments> moments = new HashMap<>();

    /** Moments of a feature map, and its area: height times width. */
    private record Moments(NDArray values, long area) {}

    /**
     * @param consumers attentions that read the references; the recorder records what at least one of them needs
     * @param plain attention without sharing
     * @param references in row order
     * @param recordManager owns the recorded arrays; stays open during the passes of the images
     */
    public ReferenceFeatureRecorder(
            Collection<LayerAttentions> consumers,
            AttentionProcessor plain,
            GuidanceHalves halves,
            List<ReferenceInput> references,
            WordLocator wordLocator,
            NDManager recordManager) {
        List<String> prompts = references.stream().map(ReferenceInput::prompt).toList();
        for (LayerAttentions consumer : consumers) {
            CrossAttentionMaps consumerMaps = new CrossAttentionMaps(consumer, prompts, wordLocator, recordManager);
            maps.put(consumer, consumerMaps);
            sharedLayers.addAll(consumer.sharedLayers());
            pending.addAll(consumerMaps.layers());
        }
        pending.addAll(sharedLayers);
        this.sharesGroupNorm = consumers.stream().anyMatch(LayerAttentions::sharesGroupNorm);
        this.plain = plain;
        this.halves = halves;
        this.uses = references.stream().map(ReferenceInput::use).toList();
        this.recordManager = recordManager;
    }

    @Override
    public NDArray attend(int layer, Heads own) {
        if (pending.remove(layer)) {
            List<Heads> split = halves.split(own);
            maps.values().forEach(map -> map.observe(layer, split.get(split.size() - 1)));
            if (sharedLayers.contains(layer)) {
                heads.put(
                        layer,
                        split.stream().map(half -> view(half, recordManager)).toList());
            }
        }
        return plain.attend(layer, own);
    }

    @Override
    public NDArray normalise(GroupNorm norm, NDArray hidden) {
        if (sharesGroupNorm) {
            moments.put(norm, new Moments(view(norm.moments(hidden), recordManager), GroupNorm.area(hidden)));
        }
        return AttentionProcessor.super.normalise(norm, hidden);
    }

    /**
     * Whether everything is recorded, so that the rest of the pass can be skipped. Always false if group normalisations are
     * shared, since these occur up to the last layer.
     */
    public boolean isComplete() {
        return !sharesGroupNorm && pending.isEmpty();
    }

    /** The indices of the references that apply to an image. */
    List<Integer> referencesFor(int image) {
        return IntStream.range(0, uses.size())
                .filter(reference -> uses.get(reference).appliesTo(image))
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
        Heads all = view(heads.get(layer).get(half), passManager);
        List<Reference> selected = new ArrayList<>();
        for (int i : references) {
            String range = i + ":" + (i + 1);
            Heads one = new Heads(
                    all.query().get(range), all.key().get(range), all.value().get(range));
            ReferenceUse use = uses.get(i);
            selected.add(new Reference(one, use.role(), use.weight(), use.images()));
        }
        return selected;
    }

    /**
     * The map of a word in a reference.
     *
     * @param consumer attentions that observe the word
     * @param layer its resolution selects the map
     * @return (1, token), owned by {@code passManager}
     */
    Optional<NDArray> mapAt(
            LayerAttentions consumer, AttentionLayer layer, int reference, String word, NDManager passManager) {
        return maps.get(consumer).at(layer, reference, word, passManager);
    }

    /** The indices of those references that have the role style. */
    List<Integer> styleReferences(List<Integer> references) {
        return references.stream()
                .filter(reference -> uses.get(reference).role() == Role.STYLE)
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
        NDArray allMoments = view(moments.get(norm).values, passManager);
        long groups = allMoments.getShape().get(2);
        NDArray split = allMoments.reshape(2, halves.count(), uses.size(), groups);
        NDArray mean = weighted(split.get(0), styles);
        NDArray offset = split.get(0).sub(mean.expandDims(1));
        NDArray variance = weighted(split.get(1).add(offset.square()), styles);
        return NDArrays.stack(new NDList(mean, variance));
    }

    /** Height times width of the feature map at a group normalisation. */
    long areaAt(GroupNorm norm) {
        return moments.get(norm).area;
    }

    /** Weighted sum over references: (half, reference, group) to (half, group). */
    private NDArray weighted(NDArray values, List<Integer> references) {
        NDArray sum = null;
        for (int i : references) {
            NDArray part = values.get(":, " + i).mul(uses.get(i).weight());
            sum = sum == null ? part : sum.add(part);
        }
        return sum;
    }

    private static Heads view(Heads heads, NDManager manager) {
        return new Heads(view(heads.query(), manager), view(heads.key(), manager), view(heads.value(), manager));
    }

    /** A view owned by {@code manager}, so it outlives the array itself. */
    private static NDArray view(NDArray array, NDManager manager) {
        NDArray view = array.get(":");
        view.attach(manager);
        return view;
    }
}
