package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A fixed number of steps from noise to clean latents: the timesteps of the network calls, and the update of the
 * latents after each call.
 *
 * <p>A solver is stateless and serves every image of a set: what a step needs from earlier steps is passed in the
 * {@linkplain StepResult#history history}. All arrays are float32 of one shape {@code (image, channel, height, width)};
 * images are independent, so a batch gives the same result as its images one by one.
 */
@ConsumerType
public interface Solver {

    /** Number of steps, at least 1; each calls the network once. */
    int steps();

    /**
     * The timestep that the network receives.
     *
     * @param step 0 (noise) to {@code steps() - 1}
     * @return 0 to the last training timestep; may be fractional
     */
    double timestep(int step);

    /**
     * The noise level of the latents before a step.
     *
     * @param step 0 (noise) to {@code steps() - 1}
     */
    NoiseLevel level(int step);

    /**
     * The factor by which standard normal noise is multiplied to give the initial latents, {@code init_noise_sigma}:
     * the standard deviation at the first noise level.
     */
    default double initialScale() {
        return level(0).standardDeviation();
    }

    /**
     * Scales latents to unit variance, as the network was trained with.
     *
     * @return the same array if the latents have unit variance already, else a new array in the same manager
     */
    default NDArray scaleModelInput(NDArray latents, int step) {
        double deviation = level(step).standardDeviation();
        return deviation == 1 ? latents : latents.div(deviation);
    }

    /**
     * Adds noise to clean latents, to start an image at a later step.
     *
     * @param clean the clean latents of the image
     * @param noise standard normal
     * @return the latents before the step: a new array in the manager of {@code clean}
     */
    default NDArray addNoise(NDArray clean, NDArray noise, int step) {
        NoiseLevel level = level(step);
        return clean.mul(level.alpha()).add(noise.mul(level.sigma()));
    }

    /**
     * The solver of a set whose images start at a later step, for a method that prepares its first step. The steps keep
     * their numbers.
     *
     * @param step the first step of any image, 0 to {@code steps() - 1}
     */
    default Solver startingAt(int step) {
        return this;
    }

    /**
     * Performs one denoising step. Steps are called in order, from any first step; the input arrays must not be
     * changed, and the caller frees intermediate arrays.
     */
    StepResult step(StepInput input);
}
