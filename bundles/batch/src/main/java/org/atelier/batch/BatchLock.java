package org.atelier.batch;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.atelier.api.AtelierException;

/** The lock of the folder of a batch; the operating system releases it however the process ends. */
final class BatchLock implements AutoCloseable {

    static final String FILE = "batch.lock";

    private final Path file;
    private final FileChannel channel;

    private BatchLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws AtelierException {@code OUTPUT_UNWRITABLE} if another batch runs in the folder */
    static BatchLock take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new AtelierException(
                    OUTPUT_UNWRITABLE,
                    folder + ": a batch is being generated there; wait until it ends, or choose another folder.");
        }
        if (Files.exists(file)) {
            return new BatchLock(file, channel);
        }
        // The previous holder has just removed the file.
        channel.close();
        return take(folder);
    }

    /** The locked folder. */
    Path folder() {
        return file.getParent();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            channel.close();
        }
    }
}
