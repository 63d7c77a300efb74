package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;

/** Something that is put into words. */
final class ContextFields {

    private static final Field<ContextInput, String> KIND = Field.of(
                    "kind", SimpleType.text(), "The name of a context plugin that is installed.", ContextInput::kind)
            .mandatory();
    private static final Field<ContextInput, String> INPUT = Field.of(
                    "input",
                    SimpleType.text().readBy(ContextFields::input),
                    "What the plugin reads. An image's, a voice's or a song's file is found from the folder of this"
                            + " file, which it may not leave.",
                    ContextInput::input)
            .mandatory();
    private static final Field<ContextInput, Map<String, Object>> OPTIONS = Field.of(
                    "options",
                    SharedTypes.OPTIONS,
                    "The plugin's options; what is absent has its default.",
                    ContextInput::options)
            .withDefault(Map.of())
            .omitIfDefault();
    private static final Field<ContextInput, Boolean> FOR_REFERENCE = Field.of(
                    "for_reference",
                    SimpleType.truth(),
                    "Whether the words join the references' prompts instead of the set's.",
                    ContextInput::forReference)
            .withDefault(false)
            .omitIfDefault();
    private static final Field<ContextInput, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "Its words, where it was read; used as they are.",
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

    /** What is said already is not read again, so that it matters no more where the file is. */
    private static String input(RequestNode node, ReadScope scope) {
        return scope.files().input(scope.siblings().get(KIND.key()).text(), node, scope.has(RESOLVED.key()));
    }
}
