package org.atelier.api.model;

import java.util.Objects;

/**
 * A model of which a set uses a part.
 *
 * @param name of an installed model, a folder, or a file; in a resolved request, the absolute path of a folder or file
 * @param sha256 of the file, 64 hexadecimal digits; {@code null}: any content, or no file. A changed file is an error
 */
public record ModelFile(String name, String sha256) {

    /** Rejects null values. */
    public ModelFile {
        Objects.requireNonNull(name, "name");
    }
}
