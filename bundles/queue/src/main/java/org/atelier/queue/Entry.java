package org.atelier.queue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;

/**
 * What happened to a job: an entry of the journal. What a job is follows from its entries alone, so that a process that
 * reads them knows what the one before it knew.
 */
sealed interface Entry {

    /** Of the job. */
    String id();

    /** How a job stands after the entry that stood so before it. */
    JobStatus after(JobStatus before);

    /** For the log, after "Job ID". */
    String inWords();

    /** It was submitted, or is written anew as it stands. */
    record Stands(JobRecord commission) implements Entry {

        @Override
        public String id() {
            return commission.id();
        }

        @Override
        public JobStatus after(JobStatus before) {
            return commission.course();
        }

        @Override
        public String inWords() {
            return "is taken in for %s".formatted(commission.order().output().folder());
        }
    }

    /** Generating it is begun. */
    record Begun(String id, Instant at) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.begun(at);
        }

        @Override
        public String inWords() {
            return "is begun";
        }
    }

    /** It was cancelled while it was generated, and ends at the next pass of the network. */
    record Cancelled(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.cancelled();
        }

        @Override
        public String inWords() {
            return "is asked to end";
        }
    }

    /** The process ended in order while it was generated. */
    record Stopped(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.stopped();
        }

        @Override
        public String inWords() {
            return "is put back, for the process ends";
        }
    }

    /** The process before this one died while it was generated. */
    record Died(String id, Instant at) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.died(id, at);
        }

        @Override
        public String inWords() {
            return "was being generated when the process died";
        }
    }

    /**
     * It came to an end.
     *
     * @param touched whether files of it may lie in its folder
     */
    record Ended(
            String id,
            Instant at,
            Job.State state,
            boolean touched,
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
        public String inWords() {
            String end = "is " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return fault == null ? end : end + ": " + fault.message();
        }
    }

    /** It waits again. */
    record Resumed(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before.resumed();
        }

        @Override
        public String inWords() {
            return "waits again";
        }
    }

    /** It ended so long ago that it is no longer told of. */
    record Forgotten(String id) implements Entry {

        @Override
        public JobStatus after(JobStatus before) {
            return before;
        }

        @Override
        public String inWords() {
            return "is forgotten";
        }
    }
}
