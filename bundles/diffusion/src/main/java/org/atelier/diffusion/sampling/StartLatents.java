package org.atelier.diffusion.sampling;

import org.atelier.models.safetensors.FloatTensor;

/**
 * Initial latents of an image in place of noise.
 *
 * @param latents (1, channel, height, width), float32, multiplied by the scaling factor
 * @param step first step of the image, counted from 0; the latents are the input of this step
 * @param clean whether the latents are clean, so that noise for the first step is added
 */
public record StartLatents(FloatTensor latents, int step, boolean clean) {

    /** Checks the step. */
    public StartLatents {
        if (step < 0) {
            throw new IllegalArgumentException("The first step of an image must be 0 or more, not " + step);
        }
    }
}
