package org.atelier.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The folder of a server's data, held by one process at a time. The system gives it free when that process ends, however it
 * does; what a killed one left in the file is no hindrance.
 */
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final int MOST_DIGITS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int GLANCE_MILLISECONDS = 50;

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing, for its owner alone, and holds it.
     *
     * @throws CannotStartException naming the process that holds it
     */
    static DataFolder hold(Path folder) {
        return hold(folder, PATIENCE);
    }

    /** @param patience how long is waited for a holder that may be ending: a killed process takes a moment to go */
    static DataFolder hold(Path folder, Duration patience) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder, readableByOwner("rwx------"));
            channel = FileChannel.open(
                    folder.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    readableByOwner("rw-------"));
            if (!isLockedWithin(patience, channel)) {
                String holder = holder(channel);
                channel.close();
                throw new CannotStartException(
                        ("another Atelier, process %s, serves the data folder %s; hand it your sets by"
                                        + " atelier submit, stop it by kill %s, or give --data another folder")
                                .formatted(holder, folder, holder));
            }
            channel.truncate(0);
            channel.write(bytes(Long.toString(ProcessHandle.current().pid())), 0);
            return new DataFolder(channel);
        } catch (IOException e) {
            throw new CannotStartException(
                    "the data folder %s cannot be written: %s; give --data another".formatted(folder, Fault.of(e)), e);
        }
    }

    private static boolean isLockedWithin(Duration patience, FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!isLocked(channel)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(GLANCE_MILLISECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_DIGITS);
        channel.read(text, 0);
        String holder = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return holder.isEmpty() ? "that is just starting" : holder;
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }

    private static FileAttribute<?>[] readableByOwner(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("Atelier did not give its data folder free: " + Fault.of(e));
        }
    }
}
