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

/** A lock held by the process that downloads a file; other processes wait and then find the file complete. */
final class BlobLock implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final FileChannel channel;

    private BlobLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock without a timeout; can be cancelled. */
    static BlobLock acquire(Path file, CancellableSleep sleep, PullListener listener) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean waiting = false;
            while (!isLocked(channel)) {
                if (!waiting) {
                    listener.noted("Another process is downloading the same file; waiting for it.");
                    waiting = true;
                }
                sleep.sleep(POLL_INTERVAL, listener);
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

    /** Closes the channel, which releases the lock. The file is not deleted, as another process may be waiting for it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
