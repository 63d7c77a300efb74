package org.atelier.diffusion.prediction;

import ai.djl.ndarray.NDArray;

/**
 * Predicts the noise in some images of a set at one step. The network is one; what changes its input or its prediction
 * decorates it: guidance, ControlNets.
 */
@FunctionalInterface
public interface NoisePredictor {

    /**
     * Predicts what the model was trained to predict: noise, velocity or clean latents.
     *
     * @return of as many rows as the input, (row, channel, height, width), float32, in the manager of its latents
     */
    NDArray predict(PredictorInput input);
}
