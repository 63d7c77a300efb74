package org.atelier.api.set;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.atelier.api.context.ContextText;

/**
 * The inputs that are turned into text for the prompts.
 *
 * @param inputs in the order of their texts, which follow the style; default none
 * @param summary whether the texts are summarised; default {@link ContextSummary#AUTO}
 */
public record Contexts(List<ContextInput> inputs, ContextSummary summary) {

    /** Every default: none. */
    public static final Contexts DEFAULT = new Contexts(List.of(), ContextSummary.AUTO);

    /** Makes defensive copies. */
    public Contexts {
        Objects.requireNonNull(summary, "summary");
        inputs = List.copyOf(inputs);
    }

    /**
     * The summary, or the texts of the inputs joined by commas; empty while they are unread.
     *
     * @param forReferences whether to return the text for the references' prompts, not for the set's
     */
    public String text(boolean forReferences) {
        ContextText summarized = summary.resolved(forReferences);
        return summarized == null ? fullText(forReferences) : summarized.text();
    }

    /** The texts of the inputs joined by commas, even if there is a summary. */
    public String fullText(boolean forReferences) {
        return inputs.stream()
                .filter(input -> input.forReference() == forReferences && input.resolved() != null)
                .map(input -> input.resolved().text())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(SetRequest.SEPARATOR));
    }
}
