package org.atelier.api.job;

import java.time.Instant;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/**
 * A set that was submitted, as it stood at one moment.
 *
 * @param id made by the queue: lower case letters, digits and hyphens, at most 64
 * @param client who submitted it, as the client said: clients take turns
 * @param state where it is on its way
 * @param position how many sets are generated before it, those that are being generated included; 0 unless it is queued
 * @param request nothing left open but what only reading tells
 * @param output where the set goes
 * @param attempts how often generating it was begun
 * @param submitted when it was taken in
 * @param started when generating it was begun last; {@code null} before
 * @param ended when it came to an end; {@code null} before
 * @param progress how far it is; {@code null} unless it is being generated
 * @param images those that are written, in order
 * @param notes what the user should know, a sentence each
 * @param fault why it failed or was quarantined; {@code null} for others
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

    /** Where a job is on its way. */
    public enum State {
        /** Waits its turn. */
        QUEUED,
        /** Is being generated. */
        RUNNING,
        /** Is generated, all of it written. */
        COMPLETED,
        /** Ended with a fault; may be resumed. */
        FAILED,
        /** Was cancelled; may be resumed. */
        CANCELLED,
        /** The process died twice while it was generated, so it is not tried again unless it is resumed. */
        QUARANTINED;

        /** Whether nothing more happens to it by itself. */
        public boolean isEnd() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * Why a job ended without its set.
     *
     * @param code its kind
     * @param message one sentence or several, a line each
     */
    public record Fault(AtelierException.Code code, String message) {}

    /** Copies what could be changed from outside. */
    public Job {
        images = List.copyOf(images);
        notes = List.copyOf(notes);
    }
}
