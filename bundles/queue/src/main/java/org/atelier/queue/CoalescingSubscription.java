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

/** One who follows a job: holds the last that it has not been told yet, and no more. */
final class CoalescingSubscription implements SetQueue.Following {

    private static final Logger LOG = LoggerFactory.getLogger(CoalescingSubscription.class);

    private final JobListener listener;
    private final boolean wantsPreviews;
    private final Executor threads;
    private final Consumer<CoalescingSubscription> closing;

    /** Held while the listener is called. */
    private final Lock calling = new ReentrantLock(true);

    private Job last;
    private Job untold;
    private Preview preview;
    private boolean delivering;
    private boolean closed;

    /**
     * @param threads run what calls the listener
     * @param closing called when it is not to be told any more
     */
    CoalescingSubscription(JobListener listener, Executor threads, Consumer<CoalescingSubscription> closing) {
        this.listener = listener;
        this.wantsPreviews = listener.wantsPreviews();
        this.threads = threads;
        this.closing = closing;
    }

    /** Nothing if it is the same as the last. */
    synchronized void put(Job job) {
        if (!job.equals(last)) {
            last = job;
            untold = job;
            deliver();
        }
    }

    synchronized void put(Preview next) {
        preview = next;
        deliver();
    }

    /** Whether a preview is wanted, and the one before is delivered. */
    synchronized boolean isReadyForPreview() {
        return wantsPreviews && !closed && preview == null;
    }

    private synchronized void deliver() {
        if (!delivering && !closed) {
            delivering = true;
            threads.execute(this::tellAll);
        }
    }

    private void tellAll() {
        boolean more = true;
        while (more) {
            calling.lock();
            try {
                more = tellNext();
            } catch (RuntimeException | Error e) {
                LOG.warn("A listener of a job failed and receives nothing more", e);
                end();
                return;
            } finally {
                calling.unlock();
            }
        }
    }

    /** @return false when there is nothing more to tell */
    private boolean tellNext() {
        Job job;
        Preview shown;
        synchronized (this) {
            if (closed || (untold == null && preview == null)) {
                delivering = false;
                return false;
            }
            job = untold;
            untold = null;
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
