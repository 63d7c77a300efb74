package org.atelier.requests;

import java.util.List;
import java.util.Map;
import org.atelier.api.set.ControlPicture;

/** An image that fixes shapes. */
final class ControlFields {

    private static final int STRONGEST = 10;

    private static final ControlPicture DEFAULTS = ControlPicture.of("", "");

    private static final Field<ControlPicture, String> KIND = Field.of(
                    "kind",
                    SimpleType.text(),
                    "The name of a control plugin that is installed: what is made of the picture.",
                    ControlPicture::kind)
            .mandatory();
    private static final Field<ControlPicture, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE,
                    "A PNG, JPEG or WebP, from the folder of this file, which it may not leave unless its sha256 is"
                            + " given.",
                    ControlPicture::file)
            .mandatory();
    private static final Field<ControlPicture, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "Of the file, in lower case: a picture that has changed is refused.",
            ControlPicture::sha256);
    private static final Field<ControlPicture, Map<String, Object>> OPTIONS = Field.of(
                    "options",
                    SharedTypes.OPTIONS,
                    "The plugin's options; what is absent has its default.",
                    ControlPicture::options)
            .withDefault(Map.of())
            .omitIfDefault();
    private static final Field<ControlPicture, String> MODEL = Field.of(
                    "model",
                    SharedTypes.MODEL,
                    "The ControlNet: a name, or a folder as the set's model is one.",
                    ControlPicture::model)
            .describeDefault("the usual one for the kind and the model");
    private static final Field<ControlPicture, Double> SCALE = Field.of(
                    "scale",
                    SimpleType.number().atLeast(0).atMost(STRONGEST),
                    "How strongly shapes are followed.",
                    ControlPicture::scale)
            .withDefault(DEFAULTS.scale());
    private static final Field<ControlPicture, Double> START = Field.of(
                    "start",
                    SimpleType.number().atLeast(0).below(1),
                    "The fraction of the steps after which it begins.",
                    ControlPicture::start)
            .withDefault(DEFAULTS.start());
    private static final Field<ControlPicture, Double> END = Field.of(
                    "end",
                    SimpleType.number().above(0).atMost(1),
                    "The fraction of the steps after which it ends; above start.",
                    ControlPicture::end)
            .withDefault(DEFAULTS.end());

    static final ObjectType<ControlPicture> OBJECT = new ObjectType<>(
            "a control",
            List.of(KIND, FILE, SHA256, OPTIONS, MODEL, SCALE, START, END),
            values -> new ControlPicture(
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
