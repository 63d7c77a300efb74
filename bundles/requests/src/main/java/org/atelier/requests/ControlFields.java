package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.set.ControlInput;

/** An image that fixes shapes. */
final class ControlFields {

    private static final int STRONGEST = 10;

    private static final ControlInput DEFAULTS = ControlInput.of("", "");

    private static final Field<ControlInput, String> KIND = Field.of(
                    "kind",
                    SimpleType.text(),
                    "The name of a control plugin that is installed: what is made of the image.",
                    ControlInput::kind)
            .mandatory();
    private static final Field<ControlInput, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE,
                    "A PNG, JPEG or WebP, from the folder of this file, which it may not leave unless its sha256 is"
                            + " given.",
                    ControlInput::file)
            .mandatory();
    private static final Field<ControlInput, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "Of the file, in lower case: an image that has changed is refused.",
            ControlInput::sha256);
    private static final Field<ControlInput, Map<String, Object>> OPTIONS = Field.of(
                    "options",
                    SharedTypes.OPTIONS,
                    "The plugin's options; what is absent has its default.",
                    ControlInput::options)
            .withDefault(Map.of())
            .omitIfDefault();
    private static final Field<ControlInput, String> MODEL = Field.of(
                    "model",
                    SharedTypes.MODEL,
                    "The ControlNet: a name, or a folder as the set's model is one.",
                    ControlInput::model)
            .describeDefault("the usual one for the kind and the model");
    private static final Field<ControlInput, Double> SCALE = Field.of(
                    "scale",
                    SimpleType.number().atLeast(0).atMost(STRONGEST),
                    "How strongly shapes are followed.",
                    ControlInput::scale)
            .withDefault(DEFAULTS.scale());
    private static final Field<ControlInput, Double> START = Field.of(
                    "start",
                    SimpleType.number().atLeast(0).below(1),
                    "The fraction of the steps after which it begins.",
                    ControlInput::start)
            .withDefault(DEFAULTS.start());
    private static final Field<ControlInput, Double> END = Field.of(
                    "end",
                    SimpleType.number().above(0).atMost(1),
                    "The fraction of the steps after which it ends; above start.",
                    ControlInput::end)
            .withDefault(DEFAULTS.end());

    static final ObjectType<ControlInput> OBJECT = new ObjectType<>(
            "a control",
            List.of(KIND, FILE, SHA256, OPTIONS, MODEL, SCALE, START, END),
            values -> new ControlInput(
                    values.get(KIND),
                    values.get(FILE),
                    values.get(SHA256),
                    values.get(OPTIONS),
                    values.get(MODEL),
                    values.get(SCALE),
                    values.get(START),
                    values.get(END)));

    private ControlFields() {}
}
