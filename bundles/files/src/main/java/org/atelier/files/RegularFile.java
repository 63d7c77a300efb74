package org.atelier.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files that a user names as input. Only regular files are opened: a device may have no end, and opening a pipe waits until
 * someone writes to it.
 */
public final class RegularFile {

    private RegularFile() {}

    /**
     * Checks that a file exists and is a regular file, or a link to one; opens nothing.
     *
     * @throws IOException whose reason {@link IoErrors#of} tells
     */
    public static void require(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a folder, not a file");
        }
        if (Files.exists(file)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "a device, a pipe or a socket, not a regular file; copy what it gives to a file");
        }
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(file.toString(), null, "a link to a file that does not exist");
        }
        // Distinguishes a folder that cannot be searched from a file that does not exist.
        Files.readAttributes(file, "size", LinkOption.NOFOLLOW_LINKS);
        throw new NoSuchFileException(file.toString());
    }

    /**
     * Reads a regular file.
     *
     * @param most bytes
     * @throws IOException if it is not a regular file, cannot be read or is larger
     */
    public static byte[] read(Path file, long most) throws IOException {
        require(file);
        if (Files.size(file) > most) {
            throw tooLarge(file, most);
        }
        try (InputStream in = Files.newInputStream(file)) {
            // The size of a file of the system, such as those of /proc, is not known before it is read.
            byte[] content = in.readNBytes((int) most + 1);
            if (content.length > most) {
                throw tooLarge(file, most);
            }
            return content;
        }
    }

    /**
     * Reads the beginning of a regular file.
     *
     * @return {@code length} bytes, or fewer if the file is shorter
     * @throws IOException if it is not a regular file, or cannot be read
     */
    public static byte[] head(Path file, int length) throws IOException {
        require(file);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        }
    }

    private static FileSystemException tooLarge(Path file, long most) {
        return new FileSystemException(file.toString(), null, "larger than %d MiB".formatted(most >> 20));
    }
}
