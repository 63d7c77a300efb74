package org.atelier.diffusion.schedule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way from noise to a picture in a fixed number of steps: which timesteps the UNet is asked at, and what is made of
 * its answers.
 *
 * <p>A sampler is immutable and serves every image of a set, also from several threads; what a method remembers from
 * step to step lives in a {@link Trajectory}. All arrays are float32 of one shape {@code (image, channel, height,
 * width)}; every image goes its own way, so that a batch gives what its images give one by one.
 */
public interface Sampler {

    /** How many times the UNet is called, at least 1. */
    int steps();

    /**
     * What the UNet is told of the time.
     *
     * @param step 0 (noise) to {@code steps() - 1}
     * @return 0 to the last training timestep; a whole number but for Euler's linear spacing and Karras' noise levels
     */
    double timestep(int step);

    /** What standard normal noise is multiplied by to become the first latents; 1 for latents of unit variance. */
    default double initialScale() {
        return 1;
    }

    /**
     * What the UNet sees of the latents.
     *
     * @return the latents themselves where the sampler keeps them at unit variance, else a new array beside them
     */
    default NDArray scale(NDArray latents, int step) {
        return latents;
    }

    /**
     * Begins the way of one image, or of one batch of images.
     *
     * @param memory where the trajectory keeps what it remembers: at most three arrays of the latents' shape between
     *     two steps, none after the last
     */
    Trajectory start(NDManager memory);

    /** One image on its way, or one batch: its steps are asked for in order, from any first one. */
    interface Trajectory {

        /**
         * Takes the latents one step towards the picture; the arrays given stay as they are.
         *
         * @param step 0 to {@code steps() - 1}
         * @param latents before the step, unscaled
         * @param answer what the UNet answered at this step, after guidance
         * @return new arrays in the manager of {@code latents}, which belong to the caller
         */
        Step step(int step, NDArray latents, NDArray answer);

        /** What is remembered for the steps to come, as arrays of the latents' shape; nothing by default. */
        default List<NDArray> remembered() {
            return List.of();
        }

        /**
         * Goes on in place of another trajectory of this sampler, which took the steps before.
         *
         * @param remembered what the other had {@linkplain #remembered remembered}; copied
         */
        default void remember(List<NDArray> remembered) {
            if (!remembered.isEmpty()) {
                throw new IllegalArgumentException("Nothing is remembered by this sampler");
            }
        }
    }

    /**
     * Where one step led.
     *
     * @param latents after the step
     * @param original the clean latents as the UNet sees them at this step: a preview
     */
    record Step(NDArray latents, NDArray original) {

        /** Does the arithmetic of a step: only its two results outlive it, in {@code manager}. */
        static Step in(NDManager manager, Supplier<Step> arithmetic) {
            try (NDScope intermediates = new NDScope()) {
                intermediates.suppressNotUsedWarning();
                Step step = arithmetic.get();
                NDScope.unregister(step.latents, step.original);
                step.latents.attach(manager);
                step.original.attach(manager);
                return step;
            }
        }
    }
}
