package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;

/**
 * A preprocessed control image, written to the set's folder.
 *
 * @param kind of the control
 * @param appliesTo indices of the images of the set to which it applies, in order
 * @param file a PNG
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record ControlImage(String kind, List<Integer> appliesTo, Path file, String sha256) {

    /** Makes defensive copies. */
    public ControlImage {
        appliesTo = List.copyOf(appliesTo);
    }
}
