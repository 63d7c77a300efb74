package org.atelier.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.atelier.api.model.PullListener;

/** Held by the one process that fetches a file; another waits and then finds it done. */
final class BlobLock implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final FileChannel channel;

    private BlobLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits as long as it takes, or until the user cancels. */
    static BlobLock acquire(Path file, Patience patience, PullListener listener) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean waiting = false;
            while (!isLocked(channel)) {
                if (!waiting) {
                    listener.noted("Another process fetches the same file; waiting for it.");
                    waiting = true;
                }
                patience.wait(GLANCE, listener);
            }
            return new BlobLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Closing the channel lets go of the lock. The file stays: another process may wait at it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
