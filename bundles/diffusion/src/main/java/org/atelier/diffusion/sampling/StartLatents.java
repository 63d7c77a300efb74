package org.atelier.diffusion.sampling;

import org.atelier.models.safetensors.FloatTensor;

/**
 * Latents that an image begins with in place of noise.
 *
 * @param latents (1, channel, height, width), float32, scaled as the network's
 * @param step the first step that the image takes, counted from 0; as the sampler's latents are before it
 * @param clean whether they are the clean latents of an image, to which noise of the image's seed is added first
 */
public record StartLatents(FloatTensor latents, int step, boolean clean) {

    /** Refuses a step that is none. */
    public StartLatents {
        if (step < 0) {
            throw new IllegalArgumentException("An image begins at step 0 or later, not at " + step);
        }
    }
}
