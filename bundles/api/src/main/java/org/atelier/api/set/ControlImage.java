package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;

/**
 * What a set's ControlNets saw of an image, written beside the set.
 *
 * @param kind of the control
 * @param followedBy the images of the set that followed it, by number, in order
 * @param file a PNG
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record ControlImage(String kind, List<Integer> followedBy, Path file, String sha256) {

    /** Copies what could be changed from outside. */
    public ControlImage {
        followedBy = List.copyOf(followedBy);
    }
}
