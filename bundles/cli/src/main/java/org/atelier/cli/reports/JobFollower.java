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

/** Tells of a job as {@code generate} tells of its set, until it ends or the user has seen enough. */
public final class FollowedJob implements JobListener {

    private static final long PAUSE_MILLISECONDS = 100;

    /**
     * How long nothing may be heard.
     *
     * @param silence after so long without news the server is asked whether it still is there
     * @param patience for so long it is asked again if it is not: it may just be updated
     */
    public record Bounds(Duration silence, Duration patience) {

        static final Bounds USUAL = new Bounds(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    private final SetQueue queue;
    private final String id;
    private final SetListener listener;
    private final Cancellation cancellation;
    private final Bounds bounds;
    private Job last;
    private long heard = System.nanoTime();
    private boolean missed;

    public FollowedJob(SetQueue queue, String id, SetListener listener, Cancellation cancellation) {
        this(queue, id, listener, cancellation, Bounds.USUAL);
    }

    public FollowedJob(SetQueue queue, String id, SetListener listener, Cancellation cancellation, Bounds bounds) {
        this.queue = queue;
        this.bounds = bounds;
        this.id = id;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /**
     * Follows it.
     *
     * @return the job as it was last, which has ended unless following was cancelled
     * @throws org.atelier.api.AtelierException {@code SERVICE_UNREACHABLE} if the server has gone
     */
    public Job follow() throws InterruptedException {
        Subscription following = queue.subscribe(id, this);
        try (following) {
            while (!hasEnded() && !cancellation.await(PAUSE_MILLISECONDS)) {
                if (silence().compareTo(bounds.silence()) > 0) {
                    ask();
                }
            }
        }
        return last();
    }

    private synchronized boolean hasEnded() {
        return last != null && last.state().isEnd();
    }

    private synchronized Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    private void ask() {
        try {
            changed(queue.job(id));
        } catch (AtelierException e) {
            if (e.code() != SERVICE_UNREACHABLE
                    || silence().compareTo(bounds.silence().plus(bounds.patience())) > 0) {
                throw e;
            }
            tellOfPatience();
        }
    }

    private synchronized void tellOfPatience() {
        if (!missed) {
            missed = true;
            listener.noted("The server does not answer; it is asked for %d more seconds."
                    .formatted(bounds.patience().toSeconds()));
        }
    }

    private synchronized Job last() {
        return last == null ? queue.job(id) : last;
    }

    @Override
    public synchronized void changed(Job job) {
        heard = System.nanoTime();
        missed = false;
        if (hasEnded()) {
            // What was asked for a moment ago may be older than what was told.
            return;
        }
        switch (job.state()) {
            case QUEUED -> waits(job);
            case RUNNING -> goesOn(job);
            case COMPLETED, FAILED, CANCELLED, QUARANTINED -> tellNotes(job);
        }
        last = job;
    }

    private void waits(Job job) {
        boolean told = last != null && last.state() == Job.State.QUEUED && last.position() == job.position();
        if (!told && job.position() > 0) {
            listener.noted("Waiting: %d %s generated before it."
                    .formatted(job.position(), job.position() == 1 ? "set is" : "sets are"));
        }
    }

    private void goesOn(Job job) {
        if (last == null || last.state() != Job.State.RUNNING) {
            listener.started(job.request());
        }
        tellNotes(job);
        if (job.progress() != null && !job.progress().equals(last == null ? null : last.progress())) {
            listener.progressed(job.progress());
        }
    }

    private void tellNotes(Job job) {
        int told = last == null ? 0 : Math.min(last.notes().size(), job.notes().size());
        job.notes().subList(told, job.notes().size()).forEach(listener::noted);
    }
}
