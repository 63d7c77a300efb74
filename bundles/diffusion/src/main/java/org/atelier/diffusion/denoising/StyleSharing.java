package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.attention.ImagePass;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.attention.RecordedReferences;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.attention.ReferenceInput;
import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.diffusion.attention.SharedAttentionProcessor;
import org.atelier.diffusion.attention.WordLocator;
import org.atelier.diffusion.inversion.InvertedReferences;
import org.atelier.diffusion.inversion.ReferenceForwardPass;
import org.atelier.diffusion.sampling.StyleWindow;
import org.atelier.diffusion.unet.AttentionProcessor;

/** The ways in which the images of a set share their style. Outside the style window each image attends to itself only. */
public final class StyleSharing {

    private final StyleWindow window;
    private final AttentionProcessor plain;
    private final ReferenceForwardPass referencePass;
    private final WordLocator wordLocator;

    /**
     * @param window steps in which style is shared
     * @param plain attention without sharing
     * @param referencePass runs given references through the network
     * @param wordLocator locates the observed words in the prompts
     */
    public StyleSharing(
            StyleWindow window, AttentionProcessor plain, ReferenceForwardPass referencePass, WordLocator wordLocator) {
        this.window = window;
        this.plain = plain;
        this.referencePass = referencePass;
        this.wordLocator = wordLocator;
    }

    /** No image attends to another. */
    SetAttention none() {
        return (step, memory) -> withoutSharing();
    }

    /** Images attend to the images and references of their own chunk, as their strategies say. */
    SetAttention withinChunks() {
        return inWindow((step, memory) ->
                (chunk, observed, passMemory) -> shared(chunk, step, RecordedReferences.NONE, observed));
    }

    /**
     * All images attend to the first one, whose features are recorded while its chunk runs, before the others.
     *
     * @param first the only view of the first image
     * @param others the views of the other images
     */
    SetAttention withFirst(EncodedView first, List<EncodedView> others) {
        List<ReferenceInput> reference =
                List.of(new ReferenceInput(first.prompt().text(), ReferenceUse.style(1)));
        List<LayerAttentions> consumers = consumers(others);
        return inWindow((step, memory) -> {
            ReferenceFeatureRecorder recorder = recorder(consumers, reference, memory);
            RecordedReferences recorded = new RecordedReferences(List.of(recorder));
            return (chunk, observed, passMemory) ->
                    chunk.images().contains(first.image()) ? recorder : shared(chunk, step, recorded, observed);
        });
    }

    /**
     * Images attend to given references. At each step those that apply to all images run once; before each chunk run those
     * that apply to some of its images only.
     *
     * @param views all views
     */
    SetAttention withReferences(InvertedReferences references, List<EncodedView> views) {
        InvertedReferences common = references.common();
        List<LayerAttentions> consumers = consumers(views);
        return inWindow((step, memory) -> {
            RecordedReferences forAll = record(common, consumers, step, memory);
            return (chunk, observed, passMemory) -> {
                InvertedReferences own = references.ownOf(chunk.images());
                RecordedReferences forChunk = record(own, consumers(chunk.views()), step, passMemory);
                return shared(chunk, step, forAll.with(forChunk), observed);
            };
        });
    }

    private SetAttention inWindow(SetAttention sharing) {
        return (step, memory) ->
                window.includes(step.index(), step.count()) ? sharing.at(step, memory) : withoutSharing();
    }

    private ChunkAttention withoutSharing() {
        return (chunk, observed, passMemory) -> plain;
    }

    private AttentionProcessor shared(
            Chunk chunk, DenoisingStep step, RecordedReferences recorded, PassAttentionMaps observed) {
        LayerAttentions attentions = chunk.attentions();
        ImagePass pass = new ImagePass(step, chunk.imageIndices(), referencePass.halves());
        return new SharedAttentionProcessor(
                attentions, pass, readsReferences(attentions) ? recorded : RecordedReferences.NONE, observed);
    }

    /** Runs the references of each size and records the features that the consumers read. */
    private RecordedReferences record(
            InvertedReferences references, List<LayerAttentions> consumers, DenoisingStep step, NDManager memory) {
        List<ReferenceFeatureRecorder> recorders = new ArrayList<>();
        for (InvertedReferences ofOneSize : references.bySize()) {
            ReferenceFeatureRecorder recorder = recorder(consumers, ofOneSize.inputs(), memory);
            if (!recorder.isComplete()) {
                referencePass.record(ofOneSize, step, recorder, memory);
            }
            recorders.add(recorder);
        }
        return new RecordedReferences(recorders);
    }

    private ReferenceFeatureRecorder recorder(
            List<LayerAttentions> consumers, List<ReferenceInput> references, NDManager memory) {
        return new ReferenceFeatureRecorder(consumers, plain, referencePass.halves(), references, wordLocator, memory);
    }

    /** The attentions that read references. */
    private static List<LayerAttentions> consumers(List<EncodedView> views) {
        return views.stream()
                .map(EncodedView::attentions)
                .distinct()
                .filter(StyleSharing::readsReferences)
                .toList();
    }

    private static boolean readsReferences(LayerAttentions attentions) {
        return attentions.coupling() == AttentionStrategy.Coupling.REFERENCES;
    }
}
