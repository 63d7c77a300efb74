package org.atelier.api.set;

import java.util.Objects;

/**
 * The style card that sets the style of a set.
 *
 * @param file a style card; in a resolved request, its absolute path
 * @param sha256 of the file, 64 hexadecimal digits; {@code null}: any content. A changed card is an error
 */
public record StyleCardFile(String file, String sha256) {

    /** Rejects null values. */
    public StyleCardFile {
        Objects.requireNonNull(file, "file");
    }
}
