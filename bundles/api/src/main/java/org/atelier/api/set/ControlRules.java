package org.atelier.api.set;

import java.util.Objects;

/**
 * What holds for all controls of a set.
 *
 * @param guess whether shapes are to be followed without words: with guidance only the conditional half is controlled,
 *     and coarse features more than fine ones; default false
 * @param reference whether image 0 of a set without reference images, which the others take their style from,
 *     follows the controls too; default false
 * @param words {@code own}: each half of guidance reaches a ControlNet with its own text embeddings; {@code negative}: both by
 *     the negative prompt, as google/style-aligned's {@code controlnet_call} does by mistake; default {@code own}
 */
public record ControlRules(boolean guess, boolean reference, String words) {

    /** As controls are without a word of the user. */
    public static final ControlRules DEFAULT = new ControlRules(false, false, "own");

    /** Refuses what cannot be told apart from absent. */
    public ControlRules {
        Objects.requireNonNull(words, "words");
    }
}
