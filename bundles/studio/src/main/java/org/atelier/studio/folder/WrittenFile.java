package org.atelier.studio.folder;

import java.nio.file.Path;

/**
 * A file of a set that is whole.
 *
 * @param path where it lies
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record WrittenFile(Path path, String sha256) {

    String name() {
        return path.getFileName().toString();
    }
}
