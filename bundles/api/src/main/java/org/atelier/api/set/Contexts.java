package org.atelier.api.set;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.atelier.api.context.ContextText;

/**
 * What is put into words that join the prompts.
 *
 * @param inputs in the order of their words, which come after the style; default none
 * @param summary whether those words are summarized; default {@link ContextSummary#AUTO}
 */
public record Contexts(List<ContextInput> inputs, ContextSummary summary) {

    /** Every default: none. */
    public static final Contexts DEFAULT = new Contexts(List.of(), ContextSummary.AUTO);

    /** Copies what could be changed from outside. */
    public Contexts {
        Objects.requireNonNull(summary, "summary");
        inputs = List.copyOf(inputs);
    }

    /**
     * What the inputs say, joined by commas, or its summary; empty as long as they are not read.
     *
     * @param forReferences those for the references' prompts, not for the set's
     */
    public String text(boolean forReferences) {
        ContextText summarized = summary.resolved(forReferences);
        return summarized == null ? fullText(forReferences) : summarized.text();
    }

    /** As {@link #text}, whether it was summarized or not. */
    public String fullText(boolean forReferences) {
        return inputs.stream()
                .filter(input -> input.forReference() == forReferences && input.resolved() != null)
                .map(input -> input.resolved().text())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(SetRequest.SEPARATOR));
    }
}
