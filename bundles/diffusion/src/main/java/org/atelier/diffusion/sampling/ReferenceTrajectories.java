package org.atelier.diffusion.sampling;

import java.util.List;

/**
 * References that a set followed, as a later set can follow them again without their images.
 *
 * @param each in order, all of one size
 * @param timesteps at which their latents are met, the noisiest first; the clean latents, behind them, are at none
 */
public record ReferenceTrajectories(List<ReferenceTrajectory> each, List<Double> timesteps) implements GivenReferences {

    /** Makes defensive copies. */
    public ReferenceTrajectories {
        each = List.copyOf(each);
        timesteps = List.copyOf(timesteps);
    }
}
