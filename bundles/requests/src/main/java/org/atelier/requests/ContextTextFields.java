package org.atelier.requests;

import java.util.List;
import org.atelier.api.context.ContextText;
import org.atelier.api.context.ContextText.Part;

/** The fields of a context's text and of its parts. */
final class ContextTextFields {

    private static final FieldType<Double> CONFIDENCE =
            SimpleType.number().atLeast(0).atMost(1).named("confidence");

    private static final Field<Part, String> PART_NAME =
            Field.of("name", SimpleType.text(), "", Part::name).mandatory();
    private static final Field<Part, String> PART_TEXT =
            Field.of("text", SimpleType.text(), "", Part::text).mandatory();
    private static final Field<Part, Double> PART_CONFIDENCE = Field.of("confidence", CONFIDENCE, "", Part::confidence);

    static final ObjectType<Part> PART = new ObjectType<>(
            "a part",
            List.of(PART_NAME, PART_TEXT, PART_CONFIDENCE),
            values -> new Part(values.get(PART_NAME), values.get(PART_TEXT), values.get(PART_CONFIDENCE)));

    private static final Field<ContextText, String> TEXT =
            Field.of("text", SimpleType.text(), "", ContextText::text).mandatory();
    private static final Field<ContextText, String> ORIGIN = Field.of(
                    "origin", SimpleType.text(), "The model or service that produced it.", ContextText::origin)
            .withDefault("the request");
    private static final Field<ContextText, Double> TEXT_CONFIDENCE =
            Field.of("confidence", CONFIDENCE, "", ContextText::confidence);
    private static final Field<ContextText, List<Part>> PARTS = Field.of(
                    "parts", ListType.of("a list of parts", PART), "What the text was made from.", ContextText::parts)
            .withDefault(List.of())
            .omitIfDefault();

    static final ObjectType<ContextText> OBJECT = new ObjectType<>(
            "a context text",
            List.of(TEXT, ORIGIN, TEXT_CONFIDENCE, PARTS),
            values -> new ContextText(
                    values.get(TEXT), values.get(ORIGIN), values.get(TEXT_CONFIDENCE), values.get(PARTS)));

    static final FieldType<ContextText> TYPE = OBJECT.named("context_text");

    private ContextTextFields() {}
}
