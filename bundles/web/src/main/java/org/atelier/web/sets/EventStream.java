package org.atelier.web.sets;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.atelier.api.job.SetQueue.Subscription;

/**
 * Server-Sent Events on one connection. Their source only stores the latest change; the one thread of all streams writes it when
 * the connection is ready, and a later change replaces one that is not written yet. No thread ever waits for a client.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final byte[] HEARTBEAT = ": alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final Executor writer;
    private final EventSource source;
    private final Consumer<EventStream> whenClosed;

    private final AtomicBoolean heartbeatDue = new AtomicBoolean();
    private AsyncContext context;
    private ServletOutputStream out;
    private Subscription following;
    private boolean unflushed;
    private volatile boolean closed;

    /**
     * @param writer runs tasks one after the other, on a thread that does not generate
     * @param whenClosed called once
     */
    EventStream(Executor writer, EventSource source, Consumer<EventStream> whenClosed) {
        this.writer = writer;
        this.source = source;
        this.whenClosed = whenClosed;
    }

    /**
     * Starts to write the changes received so far and later.
     *
     * @param connection stays open until the source ends
     */
    synchronized void open(AsyncContext connection) throws IOException {
        context = connection;
        context.setTimeout(0);
        if (closed) {
            context.complete();
            return;
        }
        context.addListener(this);
        out = context.getResponse().getOutputStream();
        out.setWriteListener(this);
    }

    /** Sets the subscription that this stream closes with itself. */
    synchronized void attach(Subscription subscription) {
        if (closed) {
            subscription.close();
        } else {
            following = subscription;
        }
    }

    /** Sends a comment that keeps the connection alive and detects clients that have gone. */
    void sendHeartbeat() {
        heartbeatDue.set(true);
        scheduleWrite();
    }

    /** Writes what the source has, soon. */
    void scheduleWrite() {
        if (!closed) {
            writer.execute(this::write);
        }
    }

    @Override
    public void onWritePossible() {
        write();
    }

    private synchronized void write() {
        try {
            while (!closed && out != null && out.isReady()) {
                byte[] next = next();
                if (next != null) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    out.flush();
                    unflushed = false;
                } else {
                    if (source.isEnded()) {
                        close();
                    }
                    return;
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Returns the next bytes to write; {@code null} if there are none. */
    private byte[] next() {
        byte[] event = source.next();
        if (event != null || source.isEnded()) {
            return event;
        }
        return heartbeatDue.getAndSet(false) ? HEARTBEAT : null;
    }

    /** Closes the connection and the subscription. */
    void close() {
        if (end() && context != null) {
            context.complete();
        }
    }

    /** @return false if the stream was already closed */
    private synchronized boolean end() {
        if (closed) {
            return false;
        }
        closed = true;
        if (following != null) {
            following.close();
        }
        whenClosed.accept(this);
        return true;
    }

    @Override
    public void onError(Throwable fault) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The asynchronous context was started once, before this listener was added.
    }
}
