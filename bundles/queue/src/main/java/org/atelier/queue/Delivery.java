package org.atelier.queue;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a listener on the threads of an executor, one call at a time. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Supplier<Runnable> pending;
    private final Executor threads;
    private final Runnable closing;

    /** Held while the listener is called. */
    private final Lock calling = new ReentrantLock(true);

    private boolean delivering;
    private boolean closed;

    /**
     * @param pending takes the next call of the listener; returns {@code null} if nothing is left to deliver
     * @param threads runs the calls
     * @param closing called when the delivery ends
     */
    Delivery(Supplier<Runnable> pending, Executor threads, Runnable closing) {
        this.pending = pending;
        this.threads = threads;
        this.closing = closing;
    }

    /** To be called whenever there is something to deliver; not with a lock that {@code pending} needs. */
    synchronized void signal() {
        if (!delivering && !closed) {
            delivering = true;
            threads.execute(this::deliver);
        }
    }

    private void deliver() {
        for (Runnable call = next(); call != null; call = next()) {
            calling.lock();
            try {
                if (!isClosed()) {
                    call.run();
                }
            } catch (RuntimeException | Error e) {
                LOG.warn("A listener of the queue threw an exception; its subscription ends", e);
                end();
            } finally {
                calling.unlock();
            }
        }
    }

    private synchronized Runnable next() {
        Runnable call = closed ? null : pending.get();
        delivering = call != null;
        return call;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Waits for a call that is running; there is none afterwards. */
    void close() {
        calling.lock();
        try {
            end();
        } finally {
            calling.unlock();
        }
    }

    private void end() {
        synchronized (this) {
            closed = true;
        }
        closing.run();
    }
}
