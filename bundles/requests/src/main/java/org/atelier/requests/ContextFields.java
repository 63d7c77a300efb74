package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.requests.tree.RequestNode;

/** The fields of a context. */
final class ContextFields {

    private static final Field<ContextInput, String> KIND = Field.of(
                    "kind", SimpleType.text(), "The name of a context plugin that is installed.", ContextInput::kind)
            .mandatory();
    private static final Field<ContextInput, String> INPUT = Field.of(
                    "input",
                    SimpleType.text().withReader(ContextFields::input),
                    "What the plugin reads. An image or audio file is relative to the folder of this file. It must be"
                            + " inside that folder unless its sha256 is given.",
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
    private static final Field<ContextInput, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "SHA-256 of the file, in lower case; a changed file is an error.",
            ContextInput::sha256);
    private static final Field<ContextInput, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "Its text, if it has been read; used unchanged.",
            ContextInput::resolved);

    static final ObjectType<ContextInput> OBJECT = new ObjectType<>(
            "a context",
            List.of(KIND, INPUT, OPTIONS, FOR_REFERENCE, SHA256, RESOLVED),
            values -> new ContextInput(
                    values.get(KIND),
                    values.get(INPUT),
                    values.get(OPTIONS),
                    values.get(FOR_REFERENCE),
                    values.get(SHA256),
                    values.get(RESOLVED)));

    private ContextFields() {}

    /** The file may be anywhere if only a known content is accepted, or if the context has a text and is not read again. */
    private static String input(RequestNode node, ReadScope scope) {
        boolean anywhere = scope.has(SHA256.key()) || scope.has(RESOLVED.key());
        return scope.files().input(scope.siblings().get(KIND.key()).text(), node, anywhere);
    }
}
