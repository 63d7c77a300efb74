package org.atelier.queue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;

/**
 * How far an order has come.
 *
 * @param state where it is on its way
 * @param first whether it was being generated when the process ended, and so comes before all that wait
 * @param ending whether it was cancelled and is still being generated
 * @param attempts how often generating it was begun
 * @param deaths how many of them, since it was submitted or resumed, did not come to an end; one under way counts
 * @param touched whether files of it may lie in its folder
 * @param started when generating it was begun last; {@code null} before
 * @param ended when it came to an end; {@code null} before
 * @param images those that were written when it ended
 * @param notes what the user should know, as of its last end
 * @param fault why it failed or was quarantined; {@code null} for others
 */
record JobStatus(
        Job.State state,
        boolean first,
        boolean ending,
        int attempts,
        int deaths,
        boolean touched,
        Instant started,
        Instant ended,
        List<GeneratedImage> images,
        List<String> notes,
        Job.Fault fault) {

    /** An order that took the process with it so often is not tried again by itself. */
    private static final int MOST_DEATHS = 2;

    /** Of an order that waits for the first time. */
    static final JobStatus WAITING =
            new JobStatus(Job.State.QUEUED, false, false, 0, 0, false, null, null, List.of(), List.of(), null);

    JobStatus {
        Objects.requireNonNull(state, "state");
        images = List.copyOf(images);
        notes = List.copyOf(notes);
    }

    /** Counts as a death until it comes to an end. */
    JobStatus begun(Instant at) {
        return new JobStatus(
                Job.State.RUNNING, false, false, attempts + 1, deaths + 1, true, at, null, images, notes, null);
    }

    JobStatus cancelled() {
        return new JobStatus(state, first, true, attempts, deaths, touched, started, ended, images, notes, fault);
    }

    /** The process ends in order, and this attempt is no death. */
    JobStatus stopped() {
        return new JobStatus(
                Job.State.QUEUED,
                true,
                false,
                attempts,
                Math.max(0, deaths - 1),
                true,
                started,
                null,
                images,
                notes,
                null);
    }

    JobStatus ended(Entry.Ended end) {
        return new JobStatus(
                end.state(),
                false,
                false,
                attempts,
                Math.max(0, deaths - 1),
                end.touched(),
                started,
                end.at(),
                end.images(),
                end.notes(),
                end.fault());
    }

    /** The process died while it was generated. */
    JobStatus died(String id, Instant at) {
        if (ending) {
            return outlived(Job.State.CANCELLED, at, null);
        }
        if (deaths >= MOST_DEATHS) {
            String message =
                    ("Atelier died %d times while it generated this set, so the set is quarantined. If it was not the set's"
                                    + " doing, resume it with: atelier jobs resume %s")
                            .formatted(deaths, id);
            return outlived(Job.State.QUARANTINED, at, new Job.Fault(AtelierException.Code.ENGINE_FAILED, message));
        }
        return outlived(Job.State.QUEUED, null, null);
    }

    private JobStatus outlived(Job.State now, Instant end, Job.Fault why) {
        return new JobStatus(
                now, now == Job.State.QUEUED, false, attempts, deaths, true, started, end, images, notes, why);
    }

    /** Whether resuming it changes anything. */
    boolean mayGoOn() {
        return ending || (state.isEnd() && state != Job.State.COMPLETED);
    }

    /** Waits again; or, if it is being generated and was cancelled, is to wait again when that has ended. */
    JobStatus resumed() {
        if (state == Job.State.RUNNING) {
            return new JobStatus(state, first, false, attempts, deaths, touched, started, ended, images, notes, fault);
        }
        return new JobStatus(Job.State.QUEUED, false, false, attempts, 0, touched, started, null, images, notes, null);
    }
}
