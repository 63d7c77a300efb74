package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.conditioning.Guidance;

/** Classifier-free guidance: predicts unconditionally and conditionally in one batch and combines both. */
public final class GuidedPredictor implements NoisePredictor {

    private final NoisePredictor network;
    private final Guidance guidance;

    public GuidedPredictor(NoisePredictor network, Guidance guidance) {
        this.network = network;
        this.guidance = guidance;
    }

    @Override
    public NDArray predict(PredictorInput input) {
        NDManager pass = input.latents().getManager();
        return guidance.guided(network.predict(input.withRows(
                guidance.latents(input.latents(), pass), guidance.conditionings(input.conditioning(), pass))));
    }
}
