package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;

/**
 * A preprocessed control image, written to the set's folder.
 *
 * @param kind of the control
 * @param followedBy numbers of the images of the set that follow it, in order
 * @param file a PNG
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record ControlImage(String kind, List<Integer> followedBy, Path file, String sha256) {

    /** Makes defensive copies. */
    public ControlImage {
        followedBy = List.copyOf(followedBy);
    }
}
