package org.atelier.models.family;

import java.util.List;

/**
 * Defines how prompts become text embeddings.
 *
 * @param encodings the text encoders; their hidden states are concatenated by channel in this order
 * @param withoutNegativePrompt conditioning of the unconditional half if there is no negative prompt
 * @param inInversion conditioning of the unconditional half in the inversion of a reference image
 */
public record TextConditioning(
        List<TextEncoding> encodings, Unconditional withoutNegativePrompt, Unconditional inInversion) {

    /** The conditioning in place of a prompt. */
    public enum Unconditional {
        /** All text embeddings are zero. */
        ZEROS,
        /** The empty prompt, encoded. */
        EMPTY_PROMPT
    }

    public TextConditioning {
        encodings = List.copyOf(encodings);
    }
}
