package org.atelier.api.set;

import java.nio.file.Path;

/**
 * An image of a set, written.
 *
 * @param index its place in the set, from 0; references that are kept apart are all 0
 * @param prompt the whole text it was generated from
 * @param seed the seed of its noise; {@code null} for a reconstruction, which was not generated from noise
 * @param file where it lies
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record GeneratedImage(int index, String prompt, Long seed, Path file, String sha256) {

    /** Whether it is what the model keeps of a reference, rather than generated. */
    public boolean isReconstruction() {
        return seed == null;
    }
}
