package org.atelier.api.set;

import java.util.Locale;

/** How the noisy latents of a reference image are computed. */
public enum InversionMethod {
    /** DDIM inversion: the network predicts the noise of each step. Song et al. 2021, section 4.3. */
    DDIM,

    /**
     * The forward process: one noise array of the reference, at the level of each step. Needs no network call; for models
     * distilled for few steps, whose predictions DDIM inversion does not fit.
     */
    NOISE;

    /** The name in requests: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The method of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static InversionMethod of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
