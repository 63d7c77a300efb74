package org.atelier.api.context;

import java.util.List;
import java.util.Objects;

/**
 * What a source made of an input.
 *
 * @param text what joins the prompt, without a full stop or surrounding space; empty where there is nothing to say
 * @param origin the model or service that said so, and its revision where that is known: {@code whisper-tiny.en}
 * @param confidence how sure it is, 0 to 1; {@code null} where it does not say
 * @param parts what the text was made of, in order: segments of speech, tags with their scores, conditions of the sky
 */
public record ContextText(String text, String origin, Double confidence, List<Part> parts) {

    /** Copies what could be changed from outside. */
    public ContextText {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
        parts = List.copyOf(parts);
    }

    /**
     * One of the things that the text was made of.
     *
     * @param name what it is: {@code genre}, {@code temperature}, {@code 0.00-2.40}
     * @param text what was found: {@code jazz}, {@code 7.2 °C}, {@code a red house}
     * @param confidence how sure the source is, 0 to 1; {@code null} where it does not say
     */
    public record Part(String name, String text, Double confidence) {

        /** Both texts are needed. */
        public Part {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
        }
    }
}
