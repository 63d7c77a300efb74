package org.atelier.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
 * The locked data folder of a server, which only one process can use at a time. A lock file that is left behind
 * does no harm.
 */
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final int MAX_DIGITS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int RETRY_MILLISECONDS = 50;

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the folder if it is missing, accessible to its owner only, and locks it.
     *
     * @throws CannotStartException that names the process that holds the lock
     */
    static DataFolder lock(Path folder) {
        return lock(folder, TIMEOUT);
    }

    /** @param timeout how long to wait for the lock, since a killed process takes a moment to end */
    static DataFolder lock(Path folder, Duration timeout) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder, readableByOwner("rwx------"));
            channel = FileChannel.open(
                    folder.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    readableByOwner("rw-------"));
            if (!tryLock(timeout, channel)) {
                String holder = holder(channel);
                channel.close();
                throw new CannotStartException(
                        ("another Atelier server, process %s, uses the data folder %s; submit sets to it with"
                                        + " atelier submit, stop it with kill %s, or choose another folder with --data")
                                .formatted(holder, folder, holder));
            }
            channel.truncate(0);
            channel.write(bytes(Long.toString(ProcessHandle.current().pid())), 0);
            return new DataFolder(channel);
        } catch (IOException e) {
            throw new CannotStartException(
                    "cannot write the data folder %s: %s; choose another with --data".formatted(folder, Fault.of(e)),
                    e);
        }
    }

    private static boolean tryLock(Duration timeout, FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!FileLocks.tryLock(channel)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_DIGITS);
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
            System.err.println("Atelier cannot release its data folder: " + Fault.of(e));
        }
    }
}
