package org.atelier.studio.input;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that can be opened for reading once: a pipe that is deleted as soon as it is opened. */
public final class ReadOnceFile {

    private ReadOnceFile() {}

    /** Needs {@code mkfifo}. */
    public static void create(Path path, byte[] content) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("mkfifo", path.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("mkfifo ended with " + exitCode);
        }
        Thread writer = new Thread(() -> write(path, content), "writer of " + path);
        writer.setDaemon(true);
        writer.start();
    }

    private static void write(Path path, byte[] content) {
        // Opening blocks until a reader has opened it too.
        try (OutputStream out = Files.newOutputStream(path)) {
            Files.delete(path);
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
