package org.atelier.cli;

import java.time.Duration;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.job.SetQueue.Following;
import org.atelier.api.set.SetListener;

/** Tells of a job as {@code generate} tells of its set, until it ends or the user has seen enough. */
final class FollowedJob implements JobListener {

    /** After so long without news the server is asked whether it still is there. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final long PAUSE_MILLISECONDS = 100;

    private final SetQueue queue;
    private final String id;
    private final SetListener listener;
    private final Cancellation cancellation;
    private Job last;
    private long heard = System.nanoTime();

    FollowedJob(SetQueue queue, String id, SetListener listener, Cancellation cancellation) {
        this.queue = queue;
        this.id = id;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /** @return the job as it was last, which has ended unless following was cancelled */
    Job follow() throws InterruptedException {
        Following following = queue.follow(id, this);
        try (following) {
            while (!hasEnded() && !cancellation.await(PAUSE_MILLISECONDS)) {
                if (isSilent()) {
                    changed(queue.job(id));
                }
            }
        }
        return last();
    }

    private synchronized boolean hasEnded() {
        return last != null && last.state().isEnd();
    }

    private synchronized boolean isSilent() {
        return System.nanoTime() - heard > SILENCE.toNanos();
    }

    private synchronized Job last() {
        return last == null ? queue.job(id) : last;
    }

    @Override
    public synchronized void changed(Job job) {
        heard = System.nanoTime();
        switch (job.state()) {
            case QUEUED -> waits(job);
            case GENERATING -> goesOn(job);
            case COMPLETED, FAILED, CANCELLED, SET_ASIDE -> tellNotes(job);
        }
        last = job;
    }

    private void waits(Job job) {
        boolean told = last != null && last.state() == Job.State.QUEUED && last.position() == job.position();
        if (!told && job.position() > 0) {
            listener.noted("Waiting: %d %s drawn before it."
                    .formatted(job.position(), job.position() == 1 ? "set is" : "sets are"));
        }
    }

    private void goesOn(Job job) {
        if (last == null || last.state() != Job.State.GENERATING) {
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
