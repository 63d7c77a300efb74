package org.atelier.queue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;

/**
 * An event of a job, which is an entry of the journal. The status of a job follows from its entries alone, so a new process
 * that reads the journal has the same jobs as the previous process.
 */
sealed interface Entry {

    /** The id of the job. */
    String id();

    /** Returns the status of the job after this entry. */
    JobStatus after(JobStatus before);

    /** The predicate of a log message whose subject is "Job ID". */
    String description();

    /** The job was submitted, or its record was written again when the journal was compacted. */
    record Recorded(JobRecord record) implements Entry {

        @Override
        public String id() {
            return record.id();
        }

        @Override
        public JobStatus after(JobStatus before) {
            return record.status();
        }

        @Override
        public String description() {
            return "is queued; its output folder is %s"
                    .formatted(record.submission().output().folder());
        }
    }

    /** An attempt to generate the set has started. */
    record Started(String id, Instant at) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.begun(at);
        }

        @Override
        public String description() {
            return "has started";
        }
    }

    /** The job was cancelled while it ran, and ends at the next pass of the network. */
    record Cancelled(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.cancelled();
        }

        @Override
        public String description() {
            return "is being cancelled";
        }
    }

    /** The process stopped gracefully while the job ran. */
    record Stopped(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.stopped();
        }

        @Override
        public String description() {
            return "is queued again because the server is stopping";
        }
    }

    /** The disk had no space for a file of the set, which is resumed when it has some. */
    record Suspended(String id, List<GeneratedImage> images, List<String> notes) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.suspended(this);
        }

        @Override
        public String description() {
            return "is queued again because the disk is full";
        }
    }

    /** The previous process crashed while the job ran. */
    record Crashed(String id, Instant at) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.crashed(id, at);
        }

        @Override
        public String description() {
            return "was running when the process crashed";
        }
    }

    /**
     * The job ended.
     *
     * @param folderUsed whether its folder may hold files of this job
     */
    record Ended(
            String id,
            Instant at,
            Job.State state,
            boolean folderUsed,
            List<GeneratedImage> images,
            List<String> notes,
            Job.Fault fault)
            implements Entry {

        public Ended {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(state, "state");
        }

        @Override
        public JobStatus after(JobStatus before) {
            return before.ended(this);
        }

        @Override
        public String description() {
            String end = "is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return fault == null ? end : end + ": " + fault.message();
        }
    }

    /** The job was resumed and waits again. */
    record Resumed(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.resumed();
        }

        @Override
        public String description() {
            return "is queued again";
        }
    }

    /** The job ended so long ago that it is no longer listed. */
    record Forgotten(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before;
        }

        @Override
        public String description() {
            return "is removed from the history";
        }
    }
}
