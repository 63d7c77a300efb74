package org.atelier.diffusion.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.List;
import org.atelier.api.attention.AttentionCall;
import org.atelier.api.attention.DenoisingStep;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.conditioning.GuidanceHalves;
import org.atelier.diffusion.prediction.InputChannels;
import org.atelier.diffusion.unet.UNet;
import org.atelier.diffusion.window.Window;

/** Runs the given references through the UNet at a step, in all halves of guidance, to record their features. */
public final class ReferenceForwardPass {

    private final UNet unet;
    private final Guidance guidance;
    private final InputChannels channels;

    /** @param channels additional channels of the UNet's input */
    public ReferenceForwardPass(UNet unet, Guidance guidance, InputChannels channels) {
        this.unet = unet;
        this.guidance = guidance;
        this.channels = channels;
    }

    /** The halves of guidance in which references and images run. */
    public GuidanceHalves halves() {
        return guidance.halves();
    }

    /**
     * Runs the references.
     *
     * @param recorder records the features that the images of this step need
     * @param memory stays open as long as the step
     */
    public void record(
            InvertedReferences references, DenoisingStep step, ReferenceFeatureRecorder recorder, NDManager memory) {
        NDArray latents = NDArrays.concat(new NDList(references.latentsAt(step)));
        latents.attach(memory);
        Conditioning conditional = Conditioning.concatenate(references.conditionings(), memory);
        List<Integer> given = Collections.nCopies(references.inverted().size(), AttentionCall.GIVEN_REFERENCE);
        unet.extractFeatures(
                channels.append(
                        guidance.latents(latents, memory), given, Collections.nCopies(given.size(), Window.WHOLE)),
                step.timestep(),
                guidance.conditionings(conditional, memory),
                recorder,
                recorder::isComplete);
    }
}
