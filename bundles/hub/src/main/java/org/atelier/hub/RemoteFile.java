package org.atelier.hub;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A file of a model as the hub lists it.
 *
 * @param path with slashes, from the model's folder
 * @param size in bytes
 * @param digest of its content
 */
record RemoteFile(String path, long size, BlobDigest digest) {

    /** What a segment of a path never has: control characters, and what separates folders or drives somewhere. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\:]");

    /** Whether a path stays in the folder that it is resolved against, on every system. */
    static boolean isSafe(String path) {
        return !FORBIDDEN.matcher(path).find()
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(segment -> segment.isBlank() || segment.equals(".") || segment.equals(".."));
    }

    /** The folder it is in, with a slash at its end; empty for the model's own. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Its name without the folder. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
