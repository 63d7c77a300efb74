package org.atelier.requests;

import java.util.List;
import java.util.Optional;
import org.atelier.api.set.ImageFile;

/** The fields of an image file. */
final class ImageFileFields {

    private static final Field<ImageFile, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE,
                    "A PNG, JPEG or WebP, relative to the folder of this file. It must be inside that folder unless"
                            + " its sha256 is given.",
                    ImageFile::file)
            .mandatory();
    private static final Field<ImageFile, String> SHA256 = Field.of(
            "sha256",
            SharedTypes.SHA256,
            "SHA-256 of the file, in lower case; a changed file is an error.",
            ImageFile::sha256);

    static final FieldType<ImageFile> TYPE = new ShorthandType<>(
                    "The name of an image file, or an object with its hash.",
                    SharedTypes.INSIDE_FILE,
                    new ObjectType<>(
                            "an image file",
                            List.of(FILE, SHA256),
                            values -> new ImageFile(values.get(FILE), values.get(SHA256))),
                    ImageFile::of,
                    file -> file.sha256() == null ? Optional.of(file.file()) : Optional.empty())
            .named("image_file");

    private ImageFileFields() {}
}
