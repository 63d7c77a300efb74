package org.atelier.web.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects clients that close their connection while they wait for a response. Jetty reads nothing from a connection until the
 * response is complete, so it would not notice. A selector of its own sees the end of the stream without reading from it.
 */
public final class DisconnectWatch implements AutoCloseable {

    /** The attribute of a request that holds its connection. */
    static final String CONNECTION = "org.atelier.web.connection";

    private static final Logger LOG = LoggerFactory.getLogger(DisconnectWatch.class);

    private static final Duration REGISTRATION_TIMEOUT = Duration.ofSeconds(1);

    private final Selector selector;

    /** @throws IllegalStateException if the system has no file descriptors left */
    public DisconnectWatch() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new IllegalStateException("The connections of clients cannot be watched", e);
        }
        Thread thread = new Thread(this::watch, "atelier disconnects");
        thread.setDaemon(true);
        thread.start();
    }

    /** The watching of one connection. */
    @FunctionalInterface
    public interface Watching {
        /** Ends it. */
        void end();
    }

    /** What is attached to the key of a connection. */
    private record Watched(Runnable gone, boolean encrypted) {}

    /**
     * Watches the connection of a request until the client closes it.
     *
     * @param silent whether nothing is sent meanwhile, so that the connection must not time out
     * @param gone called at most once, on the thread of all connections
     */
    public Watching watch(HttpServletRequest request, boolean silent, Runnable gone) {
        if (!(request.getAttribute(CONNECTION) instanceof EndPoint connection)
                || !(channel(connection) instanceof SocketChannel channel)) {
            return () -> {};
        }
        Watching watching = watch(channel, request.isSecure(), gone);
        if (!silent) {
            return watching;
        }
        long timeout = connection.getIdleTimeout();
        connection.setIdleTimeout(0);
        return () -> {
            connection.setIdleTimeout(timeout);
            watching.end();
        };
    }

    private Watching watch(SocketChannel channel, boolean encrypted, Runnable gone) {
        Watched watched = new Watched(gone, encrypted);
        long deadline = System.nanoTime() + REGISTRATION_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ, watched);
                selector.wakeup();
                return () -> {
                    key.cancel();
                    // Without this, a closed connection would keep its file descriptor.
                    selector.wakeup();
                };
            } catch (CancelledKeyException e) {
                // The key of the previous request on this connection is about to be removed.
                selector.wakeup();
                Thread.onSpinWait();
            } catch (ClosedChannelException e) {
                gone.run();
                return () -> {};
            }
        }
        LOG.warn("A connection is not watched");
        return () -> {};
    }

    /** Returns the channel below a connection, encrypted or not. */
    private static Object channel(EndPoint connection) {
        Object transport = connection.getTransport();
        while (transport instanceof EndPoint below) {
            transport = below.getTransport();
        }
        return transport;
    }

    private void watch() {
        try {
            while (selector.isOpen()) {
                selector.select(DisconnectWatch::examine);
            }
        } catch (ClosedSelectorException e) {
            LOG.debug("The watch of connections has ended");
        } catch (IOException e) {
            LOG.error("Clients that close their connection are not noticed any more", e);
        }
    }

    private static void examine(SelectionKey key) {
        try {
            Watched watched = (Watched) key.attachment();
            // The end of an encrypted connection is announced by a message.
            if (watched.encrypted() || isAtEnd((SocketChannel) key.channel())) {
                key.cancel();
                watched.gone().run();
            } else {
                // The client has sent its next request already; it is read later.
                key.interestOps(0);
            }
        } catch (CancelledKeyException e) {
            LOG.debug("A response was completed meanwhile");
        } catch (RuntimeException e) {
            LOG.warn("A job whose client has gone cannot be cancelled", e);
        }
    }

    /** A channel that can be read and has no bytes is at its end. */
    private static boolean isAtEnd(SocketChannel channel) {
        try {
            return channel.socket().getInputStream().available() == 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.warn("The watch of connections cannot be closed", e);
        }
    }
}
