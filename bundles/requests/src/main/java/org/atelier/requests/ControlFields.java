package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.set.ControlInput;

/** The fields of a control image. */
final class ControlFields {

    private static final int MAX_SCALE = 10;

    private static final ControlInput DEFAULTS = ControlInput.of("", "");

    private static final Field<ControlInput, String> KIND = Field.of(
                    "kind",
                    SimpleType.text(),
                    "The name of an installed control plugin, which preprocesses the image.",
                    ControlInput::kind)
            .mandatory();
    private static final Field<ControlInput, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE,
                    "A PNG, JPEG or WebP, relative to the folder of this file. It must be inside that folder unless"
                            + " its sha256 is given.",
                    ControlInput::file)
            .mandatory();
    private static final Field<ControlInput, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "SHA-256 of the file, in lower case; a changed file is an error.",
            ControlInput::sha256);
    private static final Field<ControlInput, Map<String, Object>> OPTIONS = Field.of(
                    "options",
                    SharedTypes.OPTIONS,
                    "Options of the plugin; absent options have their defaults.",
                    ControlInput::options)
            .withDefault(Map.of())
            .omitIfDefault();
    private static final Field<ControlInput, String> MODEL = Field.of(
                    "model",
                    SharedTypes.MODEL,
                    "The ControlNet: a name or a folder, as for the set's model.",
                    ControlInput::model)
            .describeDefault("the configured one for the kind and the model");
    private static final Field<ControlInput, Double> SCALE = Field.of(
                    "scale",
                    SimpleType.number().atLeast(0).atMost(MAX_SCALE),
                    "Conditioning scale.",
                    ControlInput::scale)
            .withDefault(DEFAULTS.scale());
    private static final Field<ControlInput, Double> START = Field.of(
                    "start",
                    SimpleType.number().atLeast(0).below(1),
                    "Fraction of the steps at which it starts.",
                    ControlInput::start)
            .withDefault(DEFAULTS.start());
    private static final Field<ControlInput, Double> END = Field.of(
                    "end",
                    SimpleType.number().above(0).atMost(1),
                    "Fraction of the steps at which it ends; above start.",
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
