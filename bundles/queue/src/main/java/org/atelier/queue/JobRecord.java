package org.atelier.queue;

import java.util.List;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;

/** An order and how far it has come: all of a job that outlives the process. */
record JobRecord(Submission order, JobStatus course) {

    String id() {
        return order.id();
    }

    String device() {
        return order.request().execution().device();
    }

    boolean isQueued() {
        return course.state() == Job.State.QUEUED;
    }

    boolean isLive() {
        return !course.state().isEnd();
    }

    JobRecord with(JobStatus other) {
        return new JobRecord(order, other);
    }

    /** As others see it while it is not being generated. */
    Job job(int position) {
        return job(position, null, course.images(), course.notes());
    }

    /** As others see it. */
    Job job(int position, Progress progress, List<GeneratedImage> images, List<String> notes) {
        return new Job(
                order.id(),
                order.client(),
                course.state(),
                position,
                order.request(),
                order.output(),
                course.attempts(),
                order.submitted(),
                course.started(),
                course.ended(),
                progress,
                images,
                notes,
                course.fault());
    }
}
