package org.atelier.api.sampling;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A fixed number of steps from noise to clean latents: at which timesteps the network is asked, and what is made of its
 * output.
 *
 * <p>A solver keeps nothing from step to step and serves every image of a set: what one step wants of those before
 * travels in their {@linkplain StepResult#history history}. All arrays are float32 of one shape {@code (image, channel,
 * height, width)}; every image goes its own way, so that a batch gives what its images give one by one.
 */
@ConsumerType
public interface Solver {

    /** How many times the network is asked for an image, at least 1. */
    int steps();

    /**
     * The time that the network is given.
     *
     * @param step 0 (noise) to {@code steps() - 1}
     * @return 0 to the last training timestep; may lie between two
     */
    double timestep(int step);

    /**
     * How noisy the latents are before a step.
     *
     * @param step 0 (noise) to {@code steps() - 1}
     */
    NoiseLevel level(int step);

    /** What standard normal noise is multiplied by to become the first latents: the deviation of latents as noisy as these. */
    default double initialScale() {
        return level(0).deviation();
    }

    /**
     * What the network sees of the latents: they at unit variance, as it was trained.
     *
     * @return the latents themselves where they have it already, else a new array beside them
     */
    default NDArray scale(NDArray latents, int step) {
        double deviation = level(step).deviation();
        return deviation == 1 ? latents : latents.div(deviation);
    }

    /**
     * The latents before a step of an image whose clean latents are known: where an image begins that does not begin at
     * noise.
     *
     * @param clean of the image
     * @param noise standard normal
     * @return a new array beside {@code clean}
     */
    default NDArray addNoise(NDArray clean, NDArray noise, int step) {
        NoiseLevel level = level(step);
        return clean.mul(level.alpha()).add(noise.mul(level.sigma()));
    }

    /**
     * Takes latents one step towards the image. Steps are taken in order, from any first one; the arrays given stay as
     * they are, and what is computed on the way is freed by the caller.
     */
    StepResult step(StepInput input);
}
