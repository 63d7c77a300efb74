package org.atelier.diffusion.sampling;

import java.util.List;

/**
 * Stored references of a set, for reuse by a later set without the images.
 *
 * @param trajectories one for each reference, in order, all of one size
 * @param timesteps of their latents, the noisiest first; the clean latents have none
 */
public record ReferenceTrajectories(List<ReferenceTrajectory> trajectories, List<Double> timesteps)
        implements GivenReferences {

    /** Makes defensive copies. */
    public ReferenceTrajectories {
        trajectories = List.copyOf(trajectories);
        timesteps = List.copyOf(timesteps);
    }
}
