package org.atelier.api.set;

/**
 * How the noisy latents of reference images are computed.
 *
 * @param method {@code null}: the model's default, {@link InversionMethod#DDIM} unless it was distilled for few steps
 * @param steps inversion steps of DDIM, 1 to the model's training steps exclusive; {@code null}: the sampling steps. The
 *     noise of {@link InversionMethod#NOISE} is added at the sampling steps
 * @param cfgScale guidance scale of the inversion by DDIM, at least 0; {@code null}: 2, or 1 for a set that redraws
 *     content images
 * @param offset number of the noisiest latents of DDIM to skip, 0 to the inversion steps exclusive; {@code null}: a tenth
 *     of the steps, at most 5
 */
public record Inversion(InversionMethod method, Integer steps, Double cfgScale, Integer offset) {

    /** Every default. */
    public static final Inversion DEFAULT = new Inversion(null, null, null, null);
}
