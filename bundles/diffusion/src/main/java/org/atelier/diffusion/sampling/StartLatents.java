package org.atelier.diffusion.sampling;

import org.atelier.models.safetensors.FloatTensor;

/**
 * Initial latents of an image in place of noise.
 *
 * @param latents (1, channel, height, width), float32, multiplied by the scaling factor
 * @param step first step of the image, counted from 0; the latents are the input of this step
 * @param clean whether the latents are clean, so that noise for the first step is added
 * @param mask 1 where the image is generated, 0 where it keeps the latents, which are clean then: (1, 1, height, width);
 *     {@code null} if all of it is generated. An image with a mask that takes every step starts from noise alone
 */
public record StartLatents(FloatTensor latents, int step, boolean clean, FloatTensor mask) implements ImageStart {

    /** Checks the step. */
    public StartLatents {
        if (step < 0) {
            throw new IllegalArgumentException("The first step of an image must be 0 or more, not " + step);
        }
        if (mask != null && !clean) {
            throw new IllegalArgumentException("Only clean latents can be kept by a mask");
        }
    }

    /** Latents without a mask. */
    public StartLatents(FloatTensor latents, int step, boolean clean) {
        this(latents, step, clean, null);
    }
}
