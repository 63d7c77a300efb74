package org.atelier.hub;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A file of a model as the hub lists it.
 *
 * @param path relative to the model's folder, with slashes
 * @param size bytes
 * @param digest the hash of its content
 */
record RemoteFile(String path, long size, BlobDigest digest) {

    /** Characters not allowed in paths: control characters and separators of folders or drives on any system. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\\\:]");

    /** Whether a path stays inside the folder against which it is resolved, on every system. */
    static boolean isSafe(String path) {
        return !FORBIDDEN.matcher(path).find()
                && Arrays.stream(path.split("/", -1))
                        .noneMatch(segment -> segment.isBlank() || segment.equals(".") || segment.equals(".."));
    }

    /** The folder of the file, with a trailing slash; empty for the model's folder. */
    String folder() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The name without the folder. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
