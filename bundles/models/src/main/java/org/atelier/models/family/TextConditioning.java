package org.atelier.models.family;

import java.util.List;

/**
 * How prompts become the text embeddings that a network is given.
 *
 * @param encodings each a text encoder; their hidden states stand side by side in the channels, in this order
 * @param withoutNegativePrompt what the unconditional half of guidance is given where there is no negative prompt
 * @param inInversion what the unconditional half is given while a reference image is inverted
 */
public record TextConditioning(
        List<TextEncoding> encodings, Unconditional withoutNegativePrompt, Unconditional inInversion) {

    /** What takes the place of a prompt. */
    public enum Unconditional {
        /** Text embeddings, and pooled ones, of zeros. */
        ZEROS,
        /** The empty prompt, encoded. */
        EMPTY_PROMPT
    }

    public TextConditioning {
        encodings = List.copyOf(encodings);
    }
}
