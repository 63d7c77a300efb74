package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;

/**
 * Predicts the noise of images at one step. The UNet is one implementation; guidance and ControlNets are decorators.
 */
@FunctionalInterface
public interface NoisePredictor {

    /**
     * Returns the model output: noise, velocity or clean latents, as the model was trained.
     *
     * @return (row, channel, height, width), float32, one row per input row, owned by the manager of the latents
     */
    NDArray predict(PredictorInput input);
}
