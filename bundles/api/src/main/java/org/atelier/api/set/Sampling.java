package org.atelier.api.set;

import java.util.Map;
import java.util.Objects;

/**
 * How noise becomes an image.
 *
 * @param steps denoising steps, 1 to the model's training steps (1000) exclusive; default 50
 * @param cfgScale classifier-free guidance, at least 0; 1 and below generate without guidance; open: what
 *     suits the model, for Stable Diffusion XL 5, with references 10
 * @param sampler name of a sampler; default {@code ddim}
 * @param samplerOptions the sampler's options by name: Boolean, Number, String or a List of them; what is absent has
 *     its default
 * @param width pixels, a multiple of the model's factor, also of a reference image; open: the model's own
 * @param height pixels, a multiple of the model's factor; open: the model's own
 */
public record Sampling(
        int steps, Double cfgScale, String sampler, Map<String, Object> samplerOptions, Integer width, Integer height) {

    /** Every default. */
    public static final Sampling DEFAULT = new Sampling(50, null, "ddim", Map.of(), null, null);

    /** Copies what could be changed from outside. */
    public Sampling {
        Objects.requireNonNull(sampler, "sampler");
        samplerOptions = OptionValues.copyOf(samplerOptions);
    }
}
