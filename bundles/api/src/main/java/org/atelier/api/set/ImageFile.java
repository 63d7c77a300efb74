package org.atelier.api.set;

import java.util.Objects;

/**
 * An image file that a set uses.
 *
 * @param file a PNG, JPEG or WebP; in a resolved request, its absolute path
 * @param sha256 of the file, 64 hexadecimal digits; {@code null}: any content. A changed file is an error
 */
public record ImageFile(String file, String sha256) {

    /** Rejects null values. */
    public ImageFile {
        Objects.requireNonNull(file, "file");
    }

    /** A file with any content. */
    public static ImageFile of(String file) {
        return new ImageFile(file, null);
    }
}
