package org.atelier.api.set;

import java.nio.file.Path;

/**
 * Where a set is written.
 *
 * @param folder for its images; created if missing, must not contain files of an earlier set
 * @param styleCard path of the style card to write, in an existing folder; {@code null} for none
 */
public record SetOutput(Path folder, Path styleCard) {

    /** An output without a style card. */
    public static SetOutput to(Path folder) {
        return new SetOutput(folder, null);
    }
}
