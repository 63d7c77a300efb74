package org.atelier.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** Locks of whole files, which the operating system releases when the process ends, even if it is killed. */
final class FileLocks {

    private FileLocks() {}

    /** Locks a file until the channel is closed. @return false if this or another process holds the lock */
    static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
