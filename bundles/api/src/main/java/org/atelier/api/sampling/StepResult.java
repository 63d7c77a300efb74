package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The result of a step. Arrays are {@code (image, channel, height, width)}, float32.
 *
 * @param latents after the step
 * @param original the predicted clean latents at this step, for previews
 * @param history arrays of the latents' shape for the next step; stored for every image of a set and in its checkpoint,
 *     so it should be small, and empty after the last step
 */
public record StepResult(NDArray latents, NDArray original, List<NDArray> history) {

    /** Makes defensive copies. */
    public StepResult {
        history = List.copyOf(history);
    }

    /** A result without history. */
    public StepResult(NDArray latents, NDArray original) {
        this(latents, original, List.of());
    }
}
