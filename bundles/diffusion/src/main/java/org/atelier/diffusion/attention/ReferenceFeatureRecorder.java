package org.atelier.diffusion.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Reference;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.unet.AttentionProcessor;

/**
 * Records the features of the references in their pass at a step. In this pass each reference attends only to itself. Every
 * shared layer records the features that the images of the set need at this step.
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

    /** What the set takes from each reference, in row order. */
    List<ReferenceUse> uses() {
        return uses;
    }

    /**
     * The features of a reference at a shared layer, for one half of guidance.
     *
     * @param row the row of the reference
     * @param passManager owns the returned arrays and everything computed from them
     */
    Reference referenceAt(int layer, int half, int row, NDManager passManager) {
        Heads all = view(heads.get(layer).get(half), passManager);
        String range = row + ":" + (row + 1);
        Heads one = new Heads(
                all.query().get(range), all.key().get(range), all.value().get(range));
        ReferenceUse use = uses.get(row);
        return new Reference(one, use.role(), use.weight(), use.images());
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

    /**
     * The moments of a reference at a group normalisation.
     *
     * @return (2, half, group), owned by {@code passManager}
     */
    NDArray momentsAt(GroupNorm norm, int row, NDManager passManager) {
        NDArray all = view(moments.get(norm).values, passManager);
        long groups = all.getShape().get(2);
        return all.reshape(2, halves.count(), uses.size(), groups).get(":, :, " + row);
    }

    /** Height times width of the feature map at a group normalisation. */
    long areaAt(GroupNorm norm) {
        return moments.get(norm).area;
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
