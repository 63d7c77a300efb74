package org.atelier.diffusion.sampling;

import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.models.safetensors.FloatTensor;

/**
 * The inversion trajectory of a reference.
 *
 * @param prompt describes it
 * @param use what the set takes from it
 * @param latents from the noisiest to the clean ones: (steps + 1, channel, height, width)
 */
public record ReferenceTrajectory(String prompt, ReferenceUse use, FloatTensor latents) {

    /** Checks the rank. */
    public ReferenceTrajectory {
        if (latents.shape().size() != 4) {
            throw new IllegalArgumentException(
                    "The latents of a trajectory must have rank 4, not the shape " + latents.shape());
        }
    }

    /** A style reference for all images. */
    public ReferenceTrajectory(String prompt, double weight, FloatTensor latents) {
        this(prompt, ReferenceUse.style(weight), latents);
    }

    /** Its weight relative to the other references of its role, in (0, 1]. */
    public double weight() {
        return use.weight();
    }

    public long channels() {
        return latents.shape().get(1);
    }

    public long height() {
        return latents.shape().get(2);
    }

    public long width() {
        return latents.shape().get(3);
    }
}
