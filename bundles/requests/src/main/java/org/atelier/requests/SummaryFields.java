package org.atelier.requests;

import java.util.List;
import java.util.Optional;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextSummary;

/** Whether words are summarized, and to what: a word, or an object with what was summarized. */
final class SummaryFields {

    private static final SimpleType<String> WHENEVER = SimpleType.oneOf(ContextSummary.WHEN);

    private static final Field<ContextSummary, String> WHEN =
            Field.of("when", WHENEVER, "", ContextSummary::when).withDefault(ContextSummary.AUTO.when());
    private static final Field<ContextSummary, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "For the set's prompts, where it was made; used as it is.",
            ContextSummary::resolved);
    private static final Field<ContextSummary, ContextText> RESOLVED_FOR_REFERENCES = Field.of(
            "resolved_for_references",
            ContextTextFields.TYPE,
            "For the references' prompts, where it was made; used as it is.",
            ContextSummary::resolvedForReferences);

    static final ObjectType<ContextSummary> OBJECT = new ObjectType<>(
            "a summary",
            List.of(WHEN, RESOLVED, RESOLVED_FOR_REFERENCES),
            values -> new ContextSummary(values.get(WHEN), values.get(RESOLVED), values.get(RESOLVED_FOR_REFERENCES)));

    static final FieldType<ContextSummary> TYPE =
            new ShorthandType<>("", WHENEVER, OBJECT, ContextSummary::of, SummaryFields::word).named("summary");

    private SummaryFields() {}

    /** Where nothing is summarized. */
    private static Optional<String> word(ContextSummary summary) {
        boolean made = summary.resolved() != null || summary.resolvedForReferences() != null;
        return made ? Optional.empty() : Optional.of(summary.when());
    }
}
