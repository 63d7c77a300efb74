package org.atelier.api.slice;

import java.nio.file.Path;
import java.util.Map;

/**
 * Files on this machine that a slice is generated from.
 *
 * @param files where input files of the request lie, by the absolute path in the request; a file without an entry lies at
 *     its path. Records keep the paths of the request, and hashes are checked as ever
 * @param inversions the file that {@link SliceStudio#invert} wrote; {@code null} to invert the references in place
 */
public record SliceInputs(Map<Path, Path> files, Path inversions) {

    /** All files lie where the request says. */
    public static final SliceInputs NONE = new SliceInputs(Map.of(), null);

    /** Makes a defensive copy. */
    public SliceInputs {
        files = Map.copyOf(files);
    }
}
