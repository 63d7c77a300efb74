package org.atelier.api.context;

import java.util.List;
import java.util.Objects;

/**
 * The text that a source made from an input.
 *
 * @param text appended to the prompt, without a full stop or surrounding space; empty if there is nothing to say
 * @param origin the model or service that produced it, with its revision if known: {@code whisper-tiny.en}
 * @param confidence 0 to 1; {@code null} if unknown
 * @param parts what the text was made from, in order: speech segments, tags with their scores, weather conditions
 */
public record ContextText(String text, String origin, Double confidence, List<Part> parts) {

    /** Makes defensive copies. */
    public ContextText {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
        parts = List.copyOf(parts);
    }

    /**
     * A part of the text's source data.
     *
     * @param name what it is: {@code genre}, {@code temperature}, {@code 0.00-2.40}
     * @param text its value: {@code jazz}, {@code 7.2 °C}, {@code a red house}
     * @param confidence 0 to 1; {@code null} if unknown
     */
    public record Part(String name, String text, Double confidence) {

        /** Rejects null values. */
        public Part {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(text, "text");
        }
    }
}
