package org.atelier.api.set;

import java.util.Objects;

/**
 * The style card in whose hand a set is generated.
 *
 * @param file a style card; a settled request has its absolute path
 * @param sha256 of the file, 64 hexadecimal digits; open: whatever the file is. A card that has changed is refused
 */
public record StyleCardFile(String file, String sha256) {

    /** Refuses what cannot be told apart from absent. */
    public StyleCardFile {
        Objects.requireNonNull(file, "file");
    }
}
