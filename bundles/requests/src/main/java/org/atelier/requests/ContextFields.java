package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;

/** The fields of a context. */
final class ContextFields {

    private static final Field<ContextInput, String> KIND = Field.of(
                    "kind", SimpleType.text(), "The name of a context plugin that is installed.", ContextInput::kind)
            .mandatory();
    private static final Field<ContextInput, String> INPUT = Field.of(
                    "input",
                    SimpleType.text().withReader(ContextFields::input),
                    "What the plugin reads. An image or audio file is relative to the folder of this file and must"
                            + " be inside it.",
                    ContextInput::input)
            .mandatory();
    private static final Field<ContextInput, Map<String, Object>> OPTIONS = Field.of(
                    "options",
                    SharedTypes.OPTIONS,
                    "Options of the plugin; absent options have their defaults.",
                    ContextInput::options)
            .withDefault(Map.of())
            .omitIfDefault();
    private static final Field<ContextInput, Boolean> FOR_REFERENCE = Field.of(
                    "for_reference",
                    SimpleType.bool(),
                    "Whether the text is appended to the references' prompts instead of the set's.",
                    ContextInput::forReference)
            .withDefault(false)
            .omitIfDefault();
    private static final Field<ContextInput, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "Its text, if it has been read; used unchanged.",
            ContextInput::resolved);

    static final ObjectType<ContextInput> OBJECT = new ObjectType<>(
            "a context",
            List.of(KIND, INPUT, OPTIONS, FOR_REFERENCE, RESOLVED),
            values -> new ContextInput(
                    values.get(KIND),
                    values.get(INPUT),
                    values.get(OPTIONS),
                    values.get(FOR_REFERENCE),
                    values.get(RESOLVED)));

    private ContextFields() {}

    /** A context with a text is not read again, so its file may be anywhere. */
    private static String input(RequestNode node, ReadScope scope) {
        return scope.files().input(scope.siblings().get(KIND.key()).text(), node, scope.has(RESOLVED.key()));
    }
}
