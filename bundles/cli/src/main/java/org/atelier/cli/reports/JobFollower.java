package org.atelier.cli.reports;

import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.time.Duration;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.job.SetQueue.Subscription;
import org.atelier.api.set.SetListener;
import org.atelier.cli.terminal.Cancellation;

/** Reports the progress of a job as {@code generate} does for a set, until the job ends or following is cancelled. */
public final class JobFollower implements JobListener {

    private static final long PAUSE_MILLISECONDS = 100;

    /**
     * How long to wait for updates.
     *
     * @param silence the time without an update after which this client polls the server
     * @param retry how long this client polls a server that does not answer, since it may be restarting
     */
    public record Timeouts(Duration silence, Duration retry) {

        static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    private final SetQueue queue;
    private final String id;
    private final SetListener listener;
    private final Cancellation cancellation;
    private final Timeouts timeouts;
    private Job last;
    private long lastUpdate = System.nanoTime();
    private boolean retryNoted;

    public JobFollower(SetQueue queue, String id, SetListener listener, Cancellation cancellation) {
        this(queue, id, listener, cancellation, Timeouts.DEFAULT);
    }

    public JobFollower(SetQueue queue, String id, SetListener listener, Cancellation cancellation, Timeouts timeouts) {
        this.queue = queue;
        this.timeouts = timeouts;
        this.id = id;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /**
     * Follows the job.
     *
     * @return the last state of the job, which has ended unless following was cancelled
     * @throws org.atelier.api.AtelierException {@code SERVICE_UNREACHABLE} if the server no longer answers
     */
    public Job follow() throws InterruptedException {
        Subscription following = queue.subscribe(id, this);
        try (following) {
            while (!hasEnded() && !cancellation.await(PAUSE_MILLISECONDS)) {
                if (silence().compareTo(timeouts.silence()) > 0) {
                    poll();
                }
            }
        }
        return last();
    }

    private synchronized boolean hasEnded() {
        return last != null && last.state().isEnd();
    }

    private synchronized Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastUpdate);
    }

    private void poll() {
        try {
            changed(queue.job(id));
        } catch (AtelierException e) {
            if (e.code() != SERVICE_UNREACHABLE
                    || silence().compareTo(timeouts.silence().plus(timeouts.retry())) > 0) {
                throw e;
            }
            noteRetry();
        }
    }

    private synchronized void noteRetry() {
        if (!retryNoted) {
            retryNoted = true;
            listener.noted("The server does not answer; retrying for %d seconds."
                    .formatted(timeouts.retry().toSeconds()));
        }
    }

    private synchronized Job last() {
        return last == null ? queue.job(id) : last;
    }

    @Override
    public synchronized void changed(Job job) {
        lastUpdate = System.nanoTime();
        retryNoted = false;
        if (hasEnded()) {
            // The result of a poll may be older than an event that arrived meanwhile.
            return;
        }
        switch (job.state()) {
            case QUEUED -> queued(job);
            case RUNNING -> running(job);
            case COMPLETED, FAILED, CANCELLED, QUARANTINED -> forwardNotes(job);
        }
        last = job;
    }

    private void queued(Job job) {
        boolean known = last != null && last.state() == Job.State.QUEUED && last.position() == job.position();
        if (!known && job.position() > 0) {
            listener.noted("Waiting: %d %s ahead in the queue."
                    .formatted(job.position(), job.position() == 1 ? "set is" : "sets are"));
        }
    }

    private void running(Job job) {
        if (last == null || last.state() != Job.State.RUNNING) {
            listener.started(job.request());
        }
        forwardNotes(job);
        if (job.progress() != null && !job.progress().equals(last == null ? null : last.progress())) {
            listener.progressed(job.progress());
        }
    }

    private void forwardNotes(Job job) {
        int known = last == null ? 0 : Math.min(last.notes().size(), job.notes().size());
        job.notes().subList(known, job.notes().size()).forEach(listener::noted);
    }
}
