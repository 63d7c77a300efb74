package org.atelier.requests;

import java.util.List;
import java.util.Optional;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextSummary;

/** The fields of a summary. */
final class SummaryFields {

    private static final SimpleType<String> WHENEVER = SimpleType.oneOf(ContextSummary.WHEN);

    private static final Field<ContextSummary, String> WHEN =
            Field.of("when", WHENEVER, "", ContextSummary::when).withDefault(ContextSummary.AUTO.when());
    private static final Field<ContextSummary, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "The summary for the set's prompts, if it has been made; used unchanged.",
            ContextSummary::resolved);
    private static final Field<ContextSummary, ContextText> RESOLVED_FOR_REFERENCES = Field.of(
            "resolved_for_references",
            ContextTextFields.TYPE,
            "The summary for the references' prompts, if it has been made; used unchanged.",
            ContextSummary::resolvedForReferences);

    static final ObjectType<ContextSummary> OBJECT = new ObjectType<>(
            "a summary",
            List.of(WHEN, RESOLVED, RESOLVED_FOR_REFERENCES),
            values -> new ContextSummary(values.get(WHEN), values.get(RESOLVED), values.get(RESOLVED_FOR_REFERENCES)));

    static final FieldType<ContextSummary> TYPE =
            new ShorthandType<>("", WHENEVER, OBJECT, ContextSummary::of, SummaryFields::word).named("summary");

    private SummaryFields() {}

    /** The short form, if there is no summary yet. */
    private static Optional<String> word(ContextSummary summary) {
        boolean made = summary.resolved() != null || summary.resolvedForReferences() != null;
        return made ? Optional.empty() : Optional.of(summary.when());
    }
}
