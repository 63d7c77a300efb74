package org.atelier.api.sampling;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The noise schedule of a model: the share of the clean latents at each training timestep, and what its network
 * predicts. Ho et al. 2020, section 2. All values equal those that diffusers computes in float32.
 */
@ProviderType
public interface NoiseSchedule {

    /** Number of training timesteps; they start at 0. */
    int trainTimesteps();

    /** The share of the clean latents in the variance at a timestep, {@code alphas_cumprod}: 0 to 1. */
    double alphaBar(int timestep);

    /** The share after the last step: that of timestep 0, or 1 if the model sets {@code set_alpha_to_one}. */
    double finalAlphaBar();

    /**
     * The noise-to-signal ratio at a timestep.
     *
     * @param timestep interpolated linearly between two timesteps, and clamped to the last one
     * @return finite, also for pure noise
     */
    double sigma(double timestep);

    /** The timestep of a noise-to-signal ratio, interpolated linearly in its logarithm. */
    double timestep(double sigma);

    /** What the network predicts. */
    Prediction prediction();

    /** The model's scheduler configuration. */
    SchedulerConfig config();
}
