package org.atelier.api.slice;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/**
 * How a set can be divided into slices.
 *
 * @param request resolved, with a seed and all texts, so that every machine generates the same from it
 * @param images number of images, with the reconstruction of references
 * @param chunks the images that are generated together, each image once, in the order in which they are generated; a
 *     reconstruction is one of its own. {@link SetOutput#slice} of several chunks generates no image that it does not write,
 *     except image 0 where it is the reference of the others. One chunk with all images if the set cannot be divided
 * @param inversion identifies the inversions of the references, 64 hexadecimal digits: equal for two sets if either can be
 *     generated from the inversions of the other. {@code null} if nothing can be inverted beforehand: there are no
 *     references, they are those of a style card, they get noise instead, or the set redraws content images
 * @param inputs SHA-256 of every file that generating reads, by its absolute path; no files of the model
 */
public record SetDivision(
        SetRequest request, int images, List<ImageSelection> chunks, String inversion, Map<Path, String> inputs) {

    /** Makes defensive copies. */
    public SetDivision {
        chunks = List.copyOf(chunks);
        inputs = Map.copyOf(inputs);
    }
}
