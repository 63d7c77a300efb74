package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a step is made of. Arrays are {@code (image, channel, height, width)}, float32.
 *
 * @param step 0 (noise) to the number of steps less 1
 * @param latents before the step, unscaled
 * @param modelOutput what the network predicted at this step, after guidance
 * @param history what the step before {@linkplain StepResult#history left}; empty at the first step of an image,
 *     whichever that is
 * @param noise of the image, for a step that adds some
 */
public record StepInput(int step, NDArray latents, NDArray modelOutput, List<NDArray> history, NoiseSource noise) {

    /** Copies what could be changed from outside. */
    public StepInput {
        history = List.copyOf(history);
    }
}
