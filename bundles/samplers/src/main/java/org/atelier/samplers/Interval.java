package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import org.atelier.api.sampling.NoiseLevel;

/**
 * One step of a solver in {@code lambda}, from more noise to less, both ends of unit variance.
 *
 * <p>Arrays are {@code (image, channel, height, width)}, float32. After Lu et al. 2022, DPM-Solver++, section 4.
 *
 * @param from where the step begins
 * @param to where it ends; the noise there may be none
 */
record Interval(NoiseLevel from, NoiseLevel to) {

    /** {@code h}, positive; infinite where the step ends without noise. */
    double length() {
        return to.lambda() - from.lambda();
    }

    /**
     * The exact solution for clean latents that stay the same along the step: {@code (sigma_t / sigma_s) x - alpha_t
     * (e^-h - 1) x0}.
     *
     * @param latents at the beginning
     * @param original the clean latents
     * @return the latents at the end
     */
    NDArray cross(NDArray latents, NDArray original) {
        return latents.mul(to.sigma() / from.sigma()).sub(original.mul(to.alpha() * Math.expm1(-length())));
    }

    /**
     * The clean latents at the middle of this step, on the line through those at its beginning and at the beginning of
     * the step before: {@code D} of algorithm 2.
     */
    NDArray extrapolate(NDArray original, NDArray previousOriginal, Interval previous) {
        double ratio = previous.length() / length();
        return original.add(original.sub(previousOriginal).mul(1 / (2 * ratio)));
    }
}
