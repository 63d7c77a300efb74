package org.atelier.api.set;

import java.util.List;
import java.util.Objects;
import org.atelier.api.context.ContextText;

/**
 * Whether what the contexts said is summarized, and to what.
 *
 * @param when {@code auto}: where a prompt would else be longer than the model reads; {@code always}; {@code never}
 * @param resolved the summary for the set's prompts; open: not made, or not needed. It is used as it is where it is here
 * @param resolvedForReferences the summary for the references' prompts
 */
public record ContextSummary(String when, ContextText resolved, ContextText resolvedForReferences) {

    /** Summarized where it must be. */
    public static final ContextSummary AUTO = of("auto");

    /** What {@link #when} may be. */
    public static final List<String> WHEN = List.of("auto", "always", "never");

    /** Refuses what cannot be told apart from absent. */
    public ContextSummary {
        Objects.requireNonNull(when, "when");
    }

    /** Nothing summarized yet. */
    public static ContextSummary of(String when) {
        return new ContextSummary(when, null, null);
    }

    /** The summary for the references' prompts or the set's, or {@code null}. */
    ContextText resolved(boolean forReferences) {
        return forReferences ? resolvedForReferences : resolved;
    }
}
