package org.atelier.studio.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The lock of a set's folder. The operating system releases it when the process ends, even if it is killed. */
final class SetLock implements AutoCloseable {

    static final String FILE = "set.lock";

    private final Path file;
    private final FileChannel channel;
    private final Runnable released;

    private SetLock(Path file, FileChannel channel, Runnable released) {
        this.file = file;
        this.channel = channel;
        this.released = released;
    }

    /**
     * @param released called when the lock is released
     * @return empty if another process or thread holds the lock
     */
    static Optional<SetLock> take(Path folder, Runnable released) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            return Optional.empty();
        }
        if (Files.exists(file)) {
            return Optional.of(new SetLock(file, channel, released));
        }
        // The previous holder has just removed the file.
        channel.close();
        return take(folder, released);
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
            try {
                channel.close();
            } finally {
                released.run();
            }
        }
    }
}
