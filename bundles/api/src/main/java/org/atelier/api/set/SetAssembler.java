package org.atelier.api.set;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ProviderType;

/** Joins slices of a set, which {@link SetOutput#slice} writes, to the whole set; needs no model. */
@ProviderType
public interface SetAssembler {

    /**
     * Checks that the slices belong to one set and have all of its images, then copies the images and writes contact sheet
     * and {@code set.json}. All files are equal, to the byte, to those of the set that was generated whole on a machine
     * with the same fonts. An image may be in several slices if its files are equal.
     *
     * @param slices folders of complete slices, in any order, at least one; they stay unchanged
     * @param folder for the set; created if missing, must not contain files of an earlier set
     * @return the whole set
     * @throws AtelierException that lists every fault, one a line, before anything is written: {@code INVALID_REQUEST} if
     *     the slices do not belong together or an image is missing, {@code INPUT_UNREADABLE} if a folder holds no complete
     *     slice or a file has changed, {@code OUTPUT_UNWRITABLE}
     */
    GeneratedSet assemble(List<Path> slices, Path folder);
}
