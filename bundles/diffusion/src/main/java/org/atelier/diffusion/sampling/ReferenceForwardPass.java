package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.unet.UNet;

/** Runs the given references through the UNet at a step, in all halves of guidance, to record their features. */
public final class ReferenceForwardPass {

    private final UNet unet;
    private final Guidance guidance;

    public ReferenceForwardPass(UNet unet, Guidance guidance) {
        this.unet = unet;
        this.guidance = guidance;
    }

    /**
     * Runs the references.
     *
     * @param first whether this is the first step of the set
     * @param timestep timestep of the sampler
     * @param recorder records the features that the images of this step need
     * @param memory stays open as long as the step
     */
    void record(
            InvertedReferences references,
            boolean first,
            double timestep,
            ReferenceFeatureRecorder recorder,
            NDManager memory) {
        NDArray latents = NDArrays.concat(new NDList(references.latentsAt(first, timestep)));
        latents.attach(memory);
        Conditioning conditional = Conditioning.concatenate(references.conditionings(), memory);
        unet.extractFeatures(
                guidance.latents(latents, memory),
                timestep,
                guidance.conditionings(conditional, memory),
                recorder,
                recorder::isComplete);
    }
}
