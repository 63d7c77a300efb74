package org.atelier.api.set;

import java.nio.file.Path;

/**
 * Where a set goes.
 *
 * @param folder for its images; created if missing, must hold no files of an earlier set
 * @param styleCard a file to be, in a folder that exists, for the set's hand; {@code null} for none
 */
public record SetOutput(Path folder, Path styleCard) {

    /** Images, and no style card. */
    public static SetOutput to(Path folder) {
        return new SetOutput(folder, null);
    }
}
