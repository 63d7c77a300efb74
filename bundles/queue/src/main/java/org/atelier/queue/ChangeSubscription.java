package org.atelier.queue;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.atelier.api.job.SetQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription to the changes of all jobs. Changes during a call of the listener are one later call. */
final class ChangeSubscription implements SetQueue.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeSubscription.class);

    private final Runnable listener;
    private final Executor threads;
    private final Consumer<ChangeSubscription> closing;

    /** Held while the listener is called. */
    private final Lock calling = new ReentrantLock(true);

    private boolean changed;
    private boolean delivering;
    private boolean closed;

    /**
     * @param threads runs the calls of the listener
     * @param closing called when the subscription ends
     */
    ChangeSubscription(Runnable listener, Executor threads, Consumer<ChangeSubscription> closing) {
        this.listener = listener;
        this.threads = threads;
        this.closing = closing;
    }

    /** Has the listener called soon. */
    synchronized void signal() {
        changed = true;
        if (!delivering && !closed) {
            delivering = true;
            threads.execute(this::deliver);
        }
    }

    private void deliver() {
        while (next()) {
            calling.lock();
            try {
                if (!isClosed()) {
                    listener.run();
                }
            } catch (RuntimeException | Error e) {
                LOG.warn("A listener of the queue threw an exception; its subscription ends", e);
                end();
            } finally {
                calling.unlock();
            }
        }
    }

    /** @return false if there is nothing left to tell */
    private synchronized boolean next() {
        boolean more = changed && !closed;
        changed = false;
        delivering = more;
        return more;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
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
        closing.accept(this);
    }
}
