package org.atelier.diffusion.sampling;

import org.atelier.models.safetensors.FloatTensor;

/**
 * What a later set needs of a reference.
 *
 * @param prompt what it shows
 * @param weight its share among the references, in (0, 1]
 * @param latents of each step, the noisiest first and last the clean ones: (step + 1, channel, height, width)
 */
public record ReferenceTrajectory(String prompt, double weight, FloatTensor latents) {

    /** Refuses what has other sides than these four. */
    public ReferenceTrajectory {
        if (latents.shape().size() != 4) {
            throw new IllegalArgumentException("The latents of a trajectory have four sides, not " + latents.shape());
        }
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
