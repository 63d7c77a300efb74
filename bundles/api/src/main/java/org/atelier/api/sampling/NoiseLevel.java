package org.atelier.api.sampling;

/**
 * How much of clean latents and of noise there is in noisy ones: {@code x = alpha x0 + sigma eps}.
 *
 * @param alpha the share of the clean latents
 * @param sigma the share of the noise
 */
public record NoiseLevel(double alpha, double sigma) {

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

    /** {@code alpha^2 + sigma^2}: 1 of latents of unit variance. */
    public double variance() {
        return alpha * alpha + sigma * sigma;
    }
}
