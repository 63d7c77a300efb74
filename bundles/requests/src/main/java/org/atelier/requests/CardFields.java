package org.atelier.requests;

import java.util.List;
import org.atelier.api.set.StyleCardFile;

/** A style card. */
final class CardFields {

    private static final Field<StyleCardFile, String> FILE = Field.of(
                    "file",
                    SharedTypes.FILE.letters(1, Integer.MAX_VALUE),
                    "Found from the file. Without its sha256 it may not leave that file's folder.",
                    StyleCardFile::file)
            .mandatory();
    private static final Field<StyleCardFile, String> SHA256 = Field.of(
            "sha256", SharedTypes.SHA256, "Of the card; one that has changed is refused.", StyleCardFile::sha256);

    static final ObjectType<StyleCardFile> OBJECT = new ObjectType<>(
            "a card", List.of(FILE, SHA256), values -> new StyleCardFile(values.get(FILE), values.get(SHA256)));

    private CardFields() {}
}
