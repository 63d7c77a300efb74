package org.atelier.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A port that was free when a server chose it. The HTTP bundle opens it a second later; until then a lock keeps the other servers of
 * this user from choosing it too.
 */
final class ChosenPort implements AutoCloseable {

    /** Any free port, which the operating system chooses. */
    static final int ANY = 0;

    private final int number;

    /** Holds the lock; {@code null} for none. */
    private final FileChannel lock;

    private ChosenPort(int number, FileChannel lock) {
        this.number = number;
        this.lock = lock;
    }

    /**
     * Chooses a port.
     *
     * @throws IOException if the port is used, or another server of this user has chosen it
     */
    static ChosenPort of(InetAddress address, int port) throws IOException {
        FileChannel lock = port == ANY ? null : lock(address, port);
        try {
            new ServerSocket(port, 1, address).close();
        } catch (IOException e) {
            if (lock != null) {
                lock.close();
            }
            throw e;
        }
        return new ChosenPort(port, lock);
    }

    /** Returns the channel that holds the lock; {@code null} if there can be no lock file. */
    private static FileChannel lock(InetAddress address, int port) throws IOException {
        String name =
                "atelier-%s-%s-%d.lock".formatted(System.getProperty("user.name"), address.getHostAddress(), port);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), name.replaceAll("[^A-Za-z0-9._-]", "_")),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            // Of two servers that choose the same port at the same moment, the one that cannot open it ends with an
            // error.
            return null;
        }
        if (FileLocks.tryLock(channel)) {
            return channel;
        }
        channel.close();
        throw new IOException("another server has chosen it");
    }

    int number() {
        return number;
    }

    /** Lets others choose the port. */
    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            System.err.println("Atelier cannot release port " + number + ": " + Fault.of(e));
        }
    }
}
