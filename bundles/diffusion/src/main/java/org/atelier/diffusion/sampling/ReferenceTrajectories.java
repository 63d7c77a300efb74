package org.atelier.diffusion.sampling;

import java.util.List;

/**
 * Stored references of a set, for reuse by a later set without the images.
 *
 * @param each the references in order, all of one size
 * @param timesteps of their latents, the noisiest first; the clean latents have none
 */
public record ReferenceTrajectories(List<ReferenceTrajectory> each, List<Double> timesteps) implements GivenReferences {

    /** Makes defensive copies. */
    public ReferenceTrajectories {
        each = List.copyOf(each);
        timesteps = List.copyOf(timesteps);
    }
}
