package org.atelier.api.set;

import java.nio.file.Path;

/**
 * A picture of a set, written.
 *
 * @param index its place in the set, from 0
 * @param prompt the whole text it was drawn from
 * @param seed the seed of its noise
 * @param file where it lies
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record DrawnPicture(int index, String prompt, long seed, Path file, String sha256) {}
