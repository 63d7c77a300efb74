package org.atelier.requests;

import java.util.List;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ReferenceFile;

/** The fields of a reference image. */
final class ReferenceFields {

    private static final Field<ReferenceFile, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE,
                    "A PNG, JPEG or WebP, relative to the folder of this file. It must be inside that folder unless"
                            + " its sha256 is given.",
                    ReferenceFile::file)
            .mandatory();
    private static final Field<ReferenceFile, String> PROMPT = Field.of(
                    "prompt",
                    SimpleType.text(),
                    "Its content and style in words. If empty, the context plugin picture captions it.",
                    ReferenceFile::prompt)
            .withDefault("");
    private static final Field<ReferenceFile, Double> WEIGHT = Field.of(
                    "weight",
                    SimpleType.number().above(0),
                    "Its share among the references; weights are normalised to a sum of 1.",
                    ReferenceFile::weight)
            .withDefault(1.0);
    private static final Field<ReferenceFile, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "SHA-256 of the file, in lower case; a changed file is an error.",
            ReferenceFile::sha256);
    private static final Field<ReferenceFile, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "The generated caption, if there is one; used unchanged.",
            ReferenceFile::resolved);

    static final ObjectType<ReferenceFile> OBJECT = new ObjectType<>(
            "a reference",
            List.of(FILE, PROMPT, WEIGHT, SHA256, RESOLVED),
            values -> new ReferenceFile(
                    values.get(FILE),
                    values.get(PROMPT),
                    values.get(WEIGHT),
                    values.get(SHA256),
                    values.get(RESOLVED)));

    private ReferenceFields() {}
}
