package org.atelier.diffusion.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.attention.ReferenceFeatureRecorder;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.conditioning.Guidance;
import org.atelier.diffusion.unet.UNet;

/** How references that are given pass the network at a step: in both halves of guidance, for what is recorded alone. */
public final class ReferenceForwardPass {

    private final UNet unet;
    private final Guidance guidance;

    public ReferenceForwardPass(UNet unet, Guidance guidance) {
        this.unet = unet;
        this.guidance = guidance;
    }

    /**
     * Lets the references pass.
     *
     * @param first whether this is the set's first step
     * @param timestep of the sampler
     * @param recorder takes what the step's images need of them
     * @param memory of the step
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
