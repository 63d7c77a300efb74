package org.atelier.api.job;

import java.time.Instant;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/**
 * A snapshot of a submitted set.
 *
 * @param id assigned by the queue: lower-case letters, digits and hyphens, at most 64
 * @param client the name that the submitting client gave; clients take turns
 * @param state its state
 * @param position number of sets to be generated before it, including running ones; 0 unless it is queued
 * @param request resolved, except for the texts of inputs that have not been read
 * @param output where the set is written
 * @param attempts how often its generation was started
 * @param submitted time of submission
 * @param started time of the last start; {@code null} before the first
 * @param ended time when it ended; {@code null} before
 * @param progress {@code null} unless it is running
 * @param images those that have been written, in order
 * @param notes information for the user, one sentence each
 * @param fault why it failed or was quarantined; {@code null} in other states
 */
public record Job(
        String id,
        String client,
        State state,
        int position,
        SetRequest request,
        SetOutput output,
        int attempts,
        Instant submitted,
        Instant started,
        Instant ended,
        Progress progress,
        List<GeneratedImage> images,
        List<String> notes,
        Fault fault) {

    /** The state of a job. */
    public enum State {
        /** Waiting in the queue. */
        QUEUED,
        /** Being generated. */
        RUNNING,
        /** Generated and written completely. */
        COMPLETED,
        /** Failed; can be resumed. */
        FAILED,
        /** Cancelled; can be resumed. */
        CANCELLED,
        /** The process crashed twice while generating it; it is not retried unless it is resumed. */
        QUARANTINED;

        /** Whether this is a final state. */
        public boolean isEnd() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * Why a job failed.
     *
     * @param code the kind of fault
     * @param message one or more sentences, one a line
     */
    public record Fault(AtelierException.Code code, String message) {}

    /** Makes defensive copies. */
    public Job {
        images = List.copyOf(images);
        notes = List.copyOf(notes);
    }
}
