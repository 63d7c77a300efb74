package org.atelier.queue;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.Preview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription to one job. Holds only the latest state and the latest preview that the listener has not received yet. */
final class CoalescingSubscription implements SetQueue.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(CoalescingSubscription.class);

    private final JobListener listener;
    private final boolean wantsPreviews;
    private final Executor threads;
    private final Consumer<CoalescingSubscription> closing;

    /** Held while the listener is called. */
    private final Lock calling = new ReentrantLock(true);

    private Job last;
    private Job pending;
    private Preview preview;
    private boolean delivering;
    private boolean closed;

    /**
     * @param threads runs the calls of the listener
     * @param closing called when the subscription ends
     */
    CoalescingSubscription(JobListener listener, Executor threads, Consumer<CoalescingSubscription> closing) {
        this.listener = listener;
        this.wantsPreviews = listener.wantsPreviews();
        this.threads = threads;
        this.closing = closing;
    }

    /** Delivers a state, unless it equals the last one. */
    synchronized void put(Job job) {
        if (!job.equals(last)) {
            last = job;
            pending = job;
            deliver();
        }
    }

    synchronized void put(Preview next) {
        preview = next;
        deliver();
    }

    /** Whether the listener wants previews and has received the last one. */
    synchronized boolean isReadyForPreview() {
        return wantsPreviews && !closed && preview == null;
    }

    private synchronized void deliver() {
        if (!delivering && !closed) {
            delivering = true;
            threads.execute(this::deliverAll);
        }
    }

    private void deliverAll() {
        boolean more = true;
        while (more) {
            calling.lock();
            try {
                more = deliverNext();
            } catch (RuntimeException | Error e) {
                LOG.warn("A job listener threw an exception; its subscription ends", e);
                end();
                return;
            } finally {
                calling.unlock();
            }
        }
    }

    /** @return false if nothing is left to deliver */
    private boolean deliverNext() {
        Job job;
        Preview shown;
        synchronized (this) {
            if (closed || (pending == null && preview == null)) {
                delivering = false;
                return false;
            }
            job = pending;
            pending = null;
            shown = preview;
        }
        if (job != null) {
            listener.changed(job);
        }
        if (shown != null) {
            listener.previewed(shown);
            synchronized (this) {
                preview = null;
            }
        }
        return true;
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
