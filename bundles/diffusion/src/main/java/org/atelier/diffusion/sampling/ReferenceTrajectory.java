package org.atelier.diffusion.sampling;

import org.atelier.diffusion.attention.ReferenceUse;
import org.atelier.models.safetensors.FloatTensor;

/**
 * What a later set needs of a reference.
 *
 * @param prompt what it shows
 * @param use what is taken from it
 * @param latents of each step, the noisiest first and last the clean ones: (step + 1, channel, height, width)
 */
public record ReferenceTrajectory(String prompt, ReferenceUse use, FloatTensor latents) {

    /** Refuses what has other sides than these four. */
    public ReferenceTrajectory {
        if (latents.shape().size() != 4) {
            throw new IllegalArgumentException("The latents of a trajectory have four sides, not " + latents.shape());
        }
    }

    /** One whose style all images take. */
    public ReferenceTrajectory(String prompt, double weight, FloatTensor latents) {
        this(prompt, ReferenceUse.style(weight), latents);
    }

    /** Its share among the references of its role, in (0, 1]. */
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
