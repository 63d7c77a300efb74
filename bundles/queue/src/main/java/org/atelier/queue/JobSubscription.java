package org.atelier.queue;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.Preview;

/** A subscription to one job. Holds only the latest state and the latest preview that the listener has not received yet. */
final class JobSubscription implements SetQueue.Subscription {

    private final JobListener listener;
    private final boolean wantsPreviews;
    private final Delivery delivery;

    private Job last;
    private Job pending;
    private Preview preview;

    /**
     * @param threads runs the calls of the listener
     * @param closing called when the subscription ends
     */
    JobSubscription(JobListener listener, Executor threads, Consumer<JobSubscription> closing) {
        this.listener = listener;
        this.wantsPreviews = listener.wantsPreviews();
        this.delivery = new Delivery(this::take, threads, () -> closing.accept(this));
    }

    /** Delivers a state, unless it equals the last one. */
    void put(Job job) {
        synchronized (this) {
            if (job.equals(last)) {
                return;
            }
            last = job;
            pending = job;
        }
        delivery.signal();
    }

    void put(Preview next) {
        synchronized (this) {
            preview = next;
        }
        delivery.signal();
    }

    /** Whether the listener wants previews and has received the last one. */
    boolean isReadyForPreview() {
        return wantsPreviews && !delivery.isClosed() && !hasPreview();
    }

    private synchronized boolean hasPreview() {
        return preview != null;
    }

    private synchronized Runnable take() {
        Job job = pending;
        Preview shown = preview;
        pending = null;
        return job == null && shown == null ? null : () -> deliver(job, shown);
    }

    private void deliver(Job job, Preview shown) {
        if (job != null) {
            listener.changed(job);
        }
        if (shown != null) {
            listener.previewed(shown);
            synchronized (this) {
                preview = null;
            }
        }
    }

    @Override
    public void close() {
        delivery.close();
    }
}
