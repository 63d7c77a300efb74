package org.atelier.samplers;

import ai.djl.ndarray.NDArray;
import org.atelier.api.sampling.NoiseLevel;

/**
 * One step of a solver in {@code lambda}, from more to less noise; both ends have unit variance.
 *
 * <p>Arrays are {@code (image, channel, height, width)}, float32. After Lu et al. 2022, DPM-Solver++, section 4.
 *
 * @param from noise level at the start
 * @param to noise level at the end; may be without noise
 */
record Interval(NoiseLevel from, NoiseLevel to) {

    /** {@code h}, positive; infinite if the step ends without noise. */
    double length() {
        return to.lambda() - from.lambda();
    }

    /**
     * The exact solution for clean latents that are constant over the step:
     * {@code (sigma_t / sigma_s) x - alpha_t (e^-h - 1) x0}.
     *
     * @param latents at the start
     * @param original the clean latents
     * @return the latents at the end
     */
    NDArray cross(NDArray latents, NDArray original) {
        return cross(latents, original, 0);
    }

    /**
     * The mean of the exact solution of the SDE that adds {@code eta} times the noise of the diffusion SDE:
     * {@code (sigma_t / sigma_s) e^(-eta h) x - alpha_t (e^(-(1 + eta) h) - 1) x0}.
     *
     * @param eta 0 for the ODE
     */
    NDArray cross(NDArray latents, NDArray original, double eta) {
        double kept = to.sigma() == 0 ? 0 : to.sigma() / from.sigma() * Math.exp(-eta * length());
        return latents.mul(kept).sub(original.mul(to.alpha() * Math.expm1(-(1 + eta) * length())));
    }

    /** The standard deviation of the noise of that SDE: {@code sigma_t sqrt(1 - e^(-2 eta h))}. */
    double addedNoise(double eta) {
        return eta == 0 || to.sigma() == 0 ? 0 : to.sigma() * Math.sqrt(-Math.expm1(-2 * eta * length()));
    }

    /**
     * The clean latents at the middle of this step, extrapolated linearly from those at its start and at the start of
     * the previous step: {@code D} of algorithm 2.
     */
    NDArray extrapolate(NDArray original, NDArray previousOriginal, Interval previous) {
        double ratio = previous.length() / length();
        return original.add(original.sub(previousOriginal).mul(1 / (2 * ratio)));
    }
}
