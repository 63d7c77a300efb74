package org.atelier.api.sampling;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The noise that a model was trained against: how much of the clean latents is left at each of its timesteps, and what
 * its network predicts. Ho et al. 2020, section 2. All values are those that diffusers computes, in float32.
 */
@ProviderType
public interface NoiseSchedule {

    /** How many timesteps the model was trained with; they begin at 0. */
    int trainTimesteps();

    /** The share of the clean latents' variance at a timestep, {@code alphas_cumprod}: 0 to 1. */
    double alphaBar(int timestep);

    /** The share where the last step ends: that of the first timestep, or all where the model says so. */
    double finalAlphaBar();

    /**
     * The noise for one part of clean latents at a timestep.
     *
     * @param timestep between two it lies on the straight line; beyond the last one as at the last one
     * @return finite, also where nothing of the clean latents is left
     */
    double sigma(double timestep);

    /** The timestep of a noise level, between timesteps on the straight line of its logarithm. */
    double timestep(double sigma);

    /** What the network was trained to predict. */
    Prediction prediction();

    /** What the model asks of its sampler. */
    SchedulerConfig config();
}
