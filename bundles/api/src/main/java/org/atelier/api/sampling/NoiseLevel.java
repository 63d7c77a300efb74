package org.atelier.api.sampling;

/**
 * How much of clean latents and of noise there is in noisy ones: {@code x = alpha x0 + sigma eps}.
 *
 * @param alpha the share of the clean latents
 * @param sigma the share of the noise
 */
public record NoiseLevel(double alpha, double sigma) {

    /** How far the variance of a level of unit variance may be from 1, computed from squares and roots. */
    private static final double ROUNDING = 1e-12;

    /** The level of unit variance, {@code alpha^2 + sigma^2 = 1}, with so much noise for one part of clean latents. */
    public static NoiseLevel ofSigma(double sigma) {
        double alpha = 1 / Math.sqrt(sigma * sigma + 1);
        return new NoiseLevel(alpha, sigma * alpha);
    }

    /** The level of unit variance that keeps {@code alphaBar} of the clean latents' variance. Ho et al. 2020. */
    public static NoiseLevel ofAlphaBar(double alphaBar) {
        return new NoiseLevel(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    }

    /** Half the logarithm of the signal-to-noise ratio, {@code lambda} of the DPM-Solver papers; infinite without noise. */
    public double lambda() {
        return Math.log(alpha) - Math.log(sigma);
    }

    /** The noise for one part of clean latents, {@code sigma / alpha}; infinite where nothing of them is left. */
    public double ratio() {
        return sigma / alpha;
    }

    /** The variance of such latents where the clean ones have unit variance: {@code alpha^2 + sigma^2}. */
    public double variance() {
        return alpha * alpha + sigma * sigma;
    }

    /** The root of the {@link #variance}: exactly 1 for a level of unit variance. */
    public double deviation() {
        double variance = variance();
        return Math.abs(variance - 1) < ROUNDING ? 1 : Math.sqrt(variance);
    }
}
