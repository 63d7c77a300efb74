package org.atelier.api.set;

/**
 * The DDIM inversion of reference images.
 *
 * @param steps inversion steps, 1 to the model's training steps exclusive; {@code null}: the sampling steps
 * @param cfgScale guidance scale of the inversion, at least 0; default 2
 * @param offset number of the noisiest latents to skip, 0 to the inversion steps exclusive; {@code null}: a tenth of
 *     the steps, at most 5
 */
public record Inversion(Integer steps, double cfgScale, Integer offset) {

    /** Every default. */
    public static final Inversion DEFAULT = new Inversion(null, 2, null);
}
