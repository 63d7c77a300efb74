package org.atelier.queue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;

/**
 * The status of a job.
 *
 * @param state queued, running, or how the job ended
 * @param interrupted whether the job was running when the process ended or the disk became full; such jobs run before all others
 * @param cancelling whether the job was cancelled and still runs
 * @param attempts how many attempts have started
 * @param crashes how many attempts since the submission or the last resumption crashed; a running attempt counts as one
 * @param folderUsed whether its folder may hold files of this job
 * @param started when the last attempt started; {@code null} before the first
 * @param ended when the job ended; {@code null} before
 * @param images the images that were complete when the last attempt ended
 * @param notes notes for the user from the last attempt
 * @param fault why it failed or was quarantined; {@code null} for others
 */
record JobStatus(
        Job.State state,
        boolean interrupted,
        boolean cancelling,
        int attempts,
        int crashes,
        boolean folderUsed,
        Instant started,
        Instant ended,
        List<GeneratedImage> images,
        List<String> notes,
        Job.Fault fault) {

    /** The number of crashes after which a job is quarantined. */
    private static final int MAX_CRASHES = 2;

    /** The status of a job that was just submitted. */
    static final JobStatus SUBMITTED =
            new JobStatus(Job.State.QUEUED, false, false, 0, 0, false, null, null, List.of(), List.of(), null);

    JobStatus {
        Objects.requireNonNull(state, "state");
        images = List.copyOf(images);
        notes = List.copyOf(notes);
    }

    /** The new attempt counts as a crash until it ends. */
    JobStatus begun(Instant at) {
        return new JobStatus(
                Job.State.RUNNING, false, false, attempts + 1, crashes + 1, true, at, null, images, notes, null);
    }

    JobStatus cancelled() {
        return new JobStatus(
                state, interrupted, true, attempts, crashes, folderUsed, started, ended, images, notes, fault);
    }

    /** The process stops gracefully, so this attempt is not a crash. */
    JobStatus stopped() {
        return new JobStatus(
                Job.State.QUEUED,
                true,
                false,
                attempts,
                Math.max(0, crashes - 1),
                true,
                started,
                null,
                images,
                notes,
                null);
    }

    /** The disk became full, so this attempt is not a crash. */
    JobStatus suspended(Entry.Suspended suspension) {
        return new JobStatus(
                Job.State.QUEUED,
                true,
                false,
                attempts,
                Math.max(0, crashes - 1),
                true,
                started,
                null,
                suspension.images(),
                suspension.notes(),
                null);
    }

    JobStatus ended(Entry.Ended end) {
        return new JobStatus(
                end.state(),
                false,
                false,
                attempts,
                Math.max(0, crashes - 1),
                end.folderUsed(),
                started,
                end.at(),
                end.images(),
                end.notes(),
                end.fault());
    }

    /** The process crashed while the job ran. */
    JobStatus crashed(String id, Instant at) {
        if (cancelling) {
            return afterCrash(Job.State.CANCELLED, at, null);
        }
        if (crashes >= MAX_CRASHES) {
            String message =
                    ("Atelier crashed %d times while it generated this set, so the set is quarantined. If the set is not"
                                    + " the cause, resume it with: atelier jobs resume %s")
                            .formatted(crashes, id);
            return afterCrash(Job.State.QUARANTINED, at, new Job.Fault(AtelierException.Code.ENGINE_FAILED, message));
        }
        return afterCrash(Job.State.QUEUED, null, null);
    }

    private JobStatus afterCrash(Job.State next, Instant end, Job.Fault why) {
        return new JobStatus(
                next, next == Job.State.QUEUED, false, attempts, crashes, true, started, end, images, notes, why);
    }

    /** Whether {@link #resumed} changes anything. */
    boolean isResumable() {
        return cancelling || (state.isEnd() && state != Job.State.COMPLETED);
    }

    /** Queues the job again. A job that is being cancelled is queued again when its attempt has ended. */
    JobStatus resumed() {
        if (state == Job.State.RUNNING) {
            return new JobStatus(
                    state, interrupted, false, attempts, crashes, folderUsed, started, ended, images, notes, fault);
        }
        return new JobStatus(
                Job.State.QUEUED, false, false, attempts, 0, folderUsed, started, null, images, notes, null);
    }
}
