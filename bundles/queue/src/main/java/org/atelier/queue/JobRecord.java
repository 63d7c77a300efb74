package org.atelier.queue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;

/** A submission and its status: the part of a job that survives the process. */
record JobRecord(Submission submission, JobStatus status) {

    String id() {
        return submission.id();
    }

    String device() {
        return submission.request().execution().device();
    }

    boolean isQueued() {
        return status.state() == Job.State.QUEUED;
    }

    boolean isActive() {
        return !status.state().isEnd();
    }

    JobRecord with(JobStatus other) {
        return new JobRecord(submission, other);
    }

    /**
     * Returns the job as callers see it while it does not run.
     *
     * @param note for the user, after the notes of the last attempt
     */
    Job job(int position, Optional<String> note) {
        List<String> notes =
                Stream.concat(status.notes().stream(), note.stream()).toList();
        return job(position, null, status.images(), notes);
    }

    /** Returns the job as callers see it. */
    Job job(int position, Progress progress, List<GeneratedImage> images, List<String> notes) {
        return new Job(
                submission.id(),
                submission.client(),
                status.state(),
                position,
                submission.request(),
                submission.output(),
                status.attempts(),
                submission.submitted(),
                status.started(),
                status.ended(),
                progress,
                images,
                notes,
                status.fault());
    }
}
