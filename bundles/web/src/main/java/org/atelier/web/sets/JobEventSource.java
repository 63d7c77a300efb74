package org.atelier.web.sets;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.set.Preview;

/** The changes of one job, and its previews. Holds the latest of each that is not written yet. */
final class JobEventSource implements EventSource, JobListener {

    private final JobEvents events;
    private final Optional<PreviewImages> previews;
    private final AtomicReference<Job> changed = new AtomicReference<>();
    private final AtomicReference<JsonObject> preview = new AtomicReference<>();
    private volatile Runnable whenChanged = () -> {};
    private boolean ending;

    /** @param previews empty to send no previews */
    JobEventSource(JobEvents events, Optional<PreviewImages> previews) {
        this.events = events;
        this.previews = previews;
    }

    /** @param task called when there is an event */
    void onChange(Runnable task) {
        whenChanged = task;
    }

    @Override
    public void changed(Job job) {
        changed.set(job);
        whenChanged.run();
    }

    @Override
    public boolean wantsPreviews() {
        return previews.isPresent();
    }

    @Override
    public void previewed(Preview next) {
        if (preview.get() == null) {
            previews.flatMap(images -> images.of(next)).ifPresent(json -> {
                preview.set(json);
                whenChanged.run();
            });
        }
    }

    @Override
    public byte[] next() {
        Job job = changed.getAndSet(null);
        if (job != null) {
            ending = job.state().isEnd();
            return events.of(job);
        }
        JsonObject next = ending ? null : preview.getAndSet(null);
        return next == null ? null : events.preview(next);
    }

    @Override
    public boolean isEnded() {
        return ending;
    }
}
