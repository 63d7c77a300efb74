package org.atelier.api.set;

import java.util.Objects;

/**
 * A picture whose style a set takes.
 *
 * @param file a PNG, JPEG or WebP; a settled request has its absolute path
 * @param prompt what it shows
 * @param weight its share among the references, above 0; a settled request's weights sum to 1
 * @param sha256 of the file, 64 hexadecimal digits; open: whatever the file is. A file that has changed is refused
 */
public record ReferenceFile(String file, String prompt, double weight, String sha256) {

    /** Refuses what cannot be told apart from absent. */
    public ReferenceFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(prompt, "prompt");
    }
}
