package org.atelier.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are whole or absent: beside their place first, forced to the disk, then moved there in one step. */
public final class AtomicFile {

    /** The end of the name that a file has until it is whole. */
    public static final String UNFINISHED = ".part";

    private AtomicFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, over one that is there.
     *
     * @throws IOException and then what was there before is there still
     */
    public static void write(Path file, Content content) throws IOException {
        Path unfinished = unfinished(file);
        try {
            force(unfinished, content);
            move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        forceEntries(file.toAbsolutePath().getParent());
    }

    /** Sees that a file can be written there. */
    public static void probe(Path file) throws IOException {
        Path probe = unfinished(file);
        try {
            force(probe, out -> out.write(0));
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private static void force(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the move itself last through a power cut, where the system lets a folder be opened. */
    static void forceEntries(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
