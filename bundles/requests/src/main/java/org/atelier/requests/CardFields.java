package org.atelier.requests;

import java.util.List;
import org.atelier.api.set.StyleCardFile;

/** The fields of a style card. */
final class CardFields {

    private static final Field<StyleCardFile, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE.length(1, Integer.MAX_VALUE),
                    "Relative to the request file. Without its sha256 it must be inside that file's folder.",
                    StyleCardFile::file)
            .mandatory();
    private static final Field<StyleCardFile, String> SHA256 = Field.of(
            "sha256", SharedTypes.SHA256, "SHA-256 of the card; a changed card is an error.", StyleCardFile::sha256);

    static final ObjectType<StyleCardFile> OBJECT = new ObjectType<>(
            "a card", List.of(FILE, SHA256), values -> new StyleCardFile(values.get(FILE), values.get(SHA256)));

    private CardFields() {}
}
