package org.atelier.requests;

import java.util.List;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ReferenceFile;

/** An image whose style a set takes. */
final class ReferenceFields {

    private static final Field<ReferenceFile, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE,
                    "A PNG, JPEG or WebP, from the folder of this file, which it may not leave unless its sha256 is"
                            + " given.",
                    ReferenceFile::file)
            .mandatory();
    private static final Field<ReferenceFile, String> PROMPT = Field.of(
                    "prompt",
                    SimpleType.text(),
                    "What it shows, and how. Empty: what the context plugin for images says.",
                    ReferenceFile::prompt)
            .withDefault("");
    private static final Field<ReferenceFile, Double> WEIGHT = Field.of(
                    "weight",
                    SimpleType.number().above(0),
                    "Its share among the references; they are brought to a sum of 1.",
                    ReferenceFile::weight)
            .withDefault(1.0);
    private static final Field<ReferenceFile, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "Of the file, in lower case: an image that has changed is refused.",
            ReferenceFile::sha256);
    private static final Field<ReferenceFile, ContextText> RESOLVED = Field.of(
            "resolved",
            ContextTextFields.TYPE,
            "The caption, where one was made; used as it is.",
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
