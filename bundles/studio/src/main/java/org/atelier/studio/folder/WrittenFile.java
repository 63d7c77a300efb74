package org.atelier.studio.folder;

import java.nio.file.Path;

/**
 * A complete file of a set.
 *
 * @param path the path of the file
 * @param sha256 the SHA-256 of its content, 64 hexadecimal digits
 */
public record WrittenFile(Path path, String sha256) {

    String name() {
        return path.getFileName().toString();
    }
}
