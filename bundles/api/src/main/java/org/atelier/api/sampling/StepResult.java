package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Where a step led. Arrays are {@code (image, channel, height, width)}, float32.
 *
 * @param latents after the step
 * @param original the clean latents as they seem at this step: a preview
 * @param history what the next step is to be given, arrays of the latents' shape; it is kept for every image of a set
 *     and in its checkpoint, so it should be little, and nothing after the last step
 */
public record StepResult(NDArray latents, NDArray original, List<NDArray> history) {

    /** Copies what could be changed from outside. */
    public StepResult {
        history = List.copyOf(history);
    }

    /** Where a step led of which the next need know nothing. */
    public StepResult(NDArray latents, NDArray original) {
        this(latents, original, List.of());
    }
}
