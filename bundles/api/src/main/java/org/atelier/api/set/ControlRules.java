package org.atelier.api.set;

import java.util.Objects;

/**
 * Settings for all controls of a set.
 *
 * @param guess guess mode: with guidance only the conditional half is controlled, and coarse features are weighted more
 *     than fine ones; default false
 * @param reference whether the controls also apply to image 0 of a set without reference images, which the other images
 *     take their style from; default false
 * @param promptSource {@code own}: a ControlNet receives the text embeddings of each half of guidance;
 *     {@code negative}: it receives those of the negative prompt for both, as {@code controlnet_call} of
 *     google/style-aligned does by mistake; default {@code own}
 */
public record ControlRules(boolean guess, boolean reference, String promptSource) {

    /** Every default. */
    public static final ControlRules DEFAULT = new ControlRules(false, false, "own");

    /** Rejects null values. */
    public ControlRules {
        Objects.requireNonNull(promptSource, "promptSource");
    }
}
