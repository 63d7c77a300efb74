package org.atelier.api.set;

/**
 * How a reference image is traced back to the noise that gives it.
 *
 * @param steps between a reference and noise, 1 to the model's training steps exclusive; open: those of the sampling
 * @param cfgScale guidance of the inversion, at least 0; default 2
 * @param offset how many of the noisiest latents of a reference are left out, 0 to the inversion's steps exclusive;
 *     open: a tenth of its steps, at most 5
 */
public record Inversion(Integer steps, double cfgScale, Integer offset) {

    /** Every default. */
    public static final Inversion DEFAULT = new Inversion(null, 2, null);
}
