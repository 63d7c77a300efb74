package org.atelier.api.set;

import java.util.Map;

/**
 * The sampling settings.
 *
 * @param steps denoising steps, 1 to the model's training steps (1000) exclusive; {@code null}: the model's default, 50
 *     unless it was distilled for fewer
 * @param cfgScale classifier-free guidance, at least 0; 1 and below disable guidance; {@code null}: the model's
 *     default, for Stable Diffusion XL 5, with references 10; for Stable Diffusion 1.x and 2.x 7.5
 * @param guidanceRescale 0 to 1: how far the guided prediction is rescaled to the standard deviation of the conditional
 *     one; default 0
 * @param sampler name of a sampler; {@code null}: the model's default, {@code ddim} unless it was distilled for another
 * @param samplerOptions the sampler's options by name: Boolean, Number, String or a List of them; absent options have
 *     their defaults
 * @param width in pixels, a multiple of the model's factor; reference images have this size too; {@code null}: the
 *     model's default
 * @param height in pixels, a multiple of the model's factor; {@code null}: the model's default
 */
public record Sampling(
        Integer steps,
        Double cfgScale,
        double guidanceRescale,
        String sampler,
        Map<String, Object> samplerOptions,
        Integer width,
        Integer height) {

    /** Every default. */
    public static final Sampling DEFAULT = new Sampling(null, null, 0, null, Map.of(), null, null);

    /** Makes defensive copies. */
    public Sampling {
        samplerOptions = OptionValues.copyOf(samplerOptions);
    }
}
