package org.atelier.api.set;

import java.nio.file.Path;

/**
 * A written image of a set.
 *
 * @param index its number in the set, from 0; 0 for all references that are kept separate
 * @param prompt the full prompt
 * @param seed of its noise; {@code null} for a reconstruction, which is not generated from noise
 * @param file its path
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record GeneratedImage(int index, String prompt, Long seed, Path file, String sha256) {

    /** Whether it is the reconstruction of a reference. */
    public boolean isReconstruction() {
        return seed == null;
    }
}
