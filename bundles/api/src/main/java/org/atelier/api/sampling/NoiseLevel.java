package org.atelier.api.sampling;

/**
 * The shares of clean latents and of noise in noisy latents: {@code x = alpha x0 + sigma eps}.
 *
 * @param alpha the share of the clean latents
 * @param sigma the share of the noise
 */
public record NoiseLevel(double alpha, double sigma) {

    /** The rounding error of the variance of a level of unit variance. */
    private static final double ROUNDING = 1e-12;

    /** The level of unit variance, {@code alpha^2 + sigma^2 = 1}, with a given noise-to-signal ratio. */
    public static NoiseLevel ofSigma(double sigma) {
        double alpha = 1 / Math.sqrt(sigma * sigma + 1);
        return new NoiseLevel(alpha, sigma * alpha);
    }

    /** The level of unit variance that keeps {@code alphaBar} of the clean latents' variance. Ho et al. 2020. */
    public static NoiseLevel ofAlphaBar(double alphaBar) {
        return new NoiseLevel(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    }

    /** Half the log signal-to-noise ratio, {@code lambda} in the DPM-Solver papers; infinite without noise. */
    public double lambda() {
        return Math.log(alpha) - Math.log(sigma);
    }

    /** The noise-to-signal ratio, {@code sigma / alpha}; infinite for pure noise. */
    public double noiseToSignalRatio() {
        return sigma / alpha;
    }

    /** The variance of noisy latents if the clean latents have unit variance: {@code alpha^2 + sigma^2}. */
    public double variance() {
        return alpha * alpha + sigma * sigma;
    }

    /** The square root of the {@link #variance}; exactly 1 for a level of unit variance. */
    public double standardDeviation() {
        double variance = variance();
        return Math.abs(variance - 1) < ROUNDING ? 1 : Math.sqrt(variance);
    }
}
