package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The input of a step. Arrays are {@code (image, channel, height, width)}, float32.
 *
 * @param step 0 (noise) to the number of steps less 1
 * @param latents before the step, unscaled
 * @param modelOutput the network's prediction at this step, after guidance
 * @param history the {@linkplain StepResult#history history} of the previous step; empty at the first step of an image
 * @param noise of the image, for a step that adds noise
 */
public record StepInput(int step, NDArray latents, NDArray modelOutput, List<NDArray> history, NoiseSource noise) {

    /** Makes defensive copies. */
    public StepInput {
        history = List.copyOf(history);
    }
}
