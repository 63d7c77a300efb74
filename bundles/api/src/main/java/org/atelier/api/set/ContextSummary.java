package org.atelier.api.set;

import java.util.List;
import java.util.Objects;
import org.atelier.api.context.ContextText;

/**
 * Whether the contexts are summarised, and the summaries.
 *
 * @param when {@code auto}: if a prompt would otherwise exceed the model's token limit; {@code always}; {@code never}
 * @param resolved the summary for the set's prompts; {@code null}: not made yet, or not needed. If it is present, it is
 *     used unchanged
 * @param resolvedForReferences the summary for the references' prompts
 */
public record ContextSummary(String when, ContextText resolved, ContextText resolvedForReferences) {

    /** Summarised if necessary. */
    public static final ContextSummary AUTO = of("auto");

    /** The values of {@link #when}. */
    public static final List<String> WHEN = List.of("auto", "always", "never");

    /** Rejects null values. */
    public ContextSummary {
        Objects.requireNonNull(when, "when");
    }

    /** No summary yet. */
    public static ContextSummary of(String when) {
        return new ContextSummary(when, null, null);
    }

    /** The summary for the references' prompts or the set's, or {@code null}. */
    ContextText resolved(boolean forReferences) {
        return forReferences ? resolvedForReferences : resolved;
    }
}
