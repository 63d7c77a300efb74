package org.atelier.web.a1111;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.job.SetQueue.Subscription;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.web.calls.PendingResponse;
import org.atelier.web.http.ApiError;
import org.atelier.web.sets.PreviewImages;

/** The pending response to a request that waits for its set, and the progress of that set until then. */
final class PendingGeneration implements PendingResponse {

    /** The share of the progress that the loop over the steps takes; the rest is loading and writing. */
    private static final double STEPS_SHARE = 0.95;

    /** What webui reports of a job that has just begun. */
    private static final double BEGUN = 0.01;

    private final SetQueue queue;
    private final ResponseWriter writer;
    private final PreviewImages previews = new PreviewImages();

    private volatile Job job;
    private volatile boolean interrupted;
    private volatile String currentImage;
    private Subscription previewing;
    private boolean ended;

    /** Writes the response to a request. */
    interface ResponseWriter {

        /** Writes the images that a job has. */
        void images(Job job, HttpServletResponse response) throws IOException;

        /** Writes an error. */
        void error(ApiError error, HttpServletResponse response) throws IOException;
    }

    PendingGeneration(SetQueue queue, Job job, ResponseWriter writer) {
        this.queue = queue;
        this.job = job;
        this.writer = writer;
    }

    @Override
    public void changed(Job now, HttpServletResponse written) {
        job = now;
    }

    @Override
    public void completed(Job last, HttpServletResponse written) throws IOException {
        end();
        writer.images(last, written);
    }

    /** Returns the images that are finished, as webui does. */
    @Override
    public void cancelled(Job last, HttpServletResponse written) throws IOException {
        completed(last, written);
    }

    @Override
    public void failed(ApiError error, HttpServletResponse written) throws IOException {
        end();
        writer.error(error, written);
    }

    private void end() {
        Subscription open;
        synchronized (this) {
            ended = true;
            open = previewing;
            previewing = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Returns whether the request no longer waits, also if its client has disconnected. */
    boolean hasEnded() {
        synchronized (this) {
            if (ended) {
                return true;
            }
        }
        if (isOver()) {
            end();
            return true;
        }
        return false;
    }

    private boolean isOver() {
        try {
            return queue.job(job.id()).state().isEnd();
        } catch (AtelierException e) {
            return true;
        }
    }

    boolean isOf(String client) {
        return job.client().equals(client);
    }

    /** Cancels the job; images that are finished are returned. */
    void interrupt() {
        interrupted = true;
        queue.cancel(job.id());
    }

    /** Requests previews from now on: each takes as long as decoding a finished image, so they are generated on request only. */
    private synchronized void startPreviews() {
        if (previewing == null && !ended) {
            previewing = queue.subscribe(job.id(), new JobListener() {
                @Override
                public void changed(Job now) {
                    // The call follows the job.
                }

                @Override
                public boolean wantsPreviews() {
                    return true;
                }

                @Override
                public void previewed(Preview preview) {
                    previews.of(preview)
                            .ifPresent(
                                    image -> currentImage = image.get("base64").getAsString());
                }
            });
        }
    }

    /** Returns the progress as webui reports it. @param withImage whether to include a preview, if there is one yet */
    JsonObject progress(boolean withImage) {
        if (withImage) {
            startPreviews();
        }
        Job now = job;
        int images = now.request().items().size();
        Integer steps = now.request().sampling().steps();
        double share = generated(now);
        double progress = Math.min(1, BEGUN + STEPS_SHARE * share + (1 - BEGUN - STEPS_SHARE) * written(now));
        JsonObject state = ProgressState.of(now.id(), images, now.images().size());
        state.addProperty("interrupted", interrupted);
        state.addProperty("sampling_steps", steps == null ? 0 : steps);
        state.addProperty("sampling_step", steps == null ? 0 : (int) Math.floor(share * steps));
        JsonObject json = new JsonObject();
        json.addProperty("progress", progress);
        json.addProperty("eta_relative", secondsLeft(now, progress));
        json.add("state", state);
        json.addProperty("current_image", withImage ? currentImage : null);
        json.addProperty("textinfo", text(now));
        return json;
    }

    private static double generated(Job job) {
        Progress progress = job.progress();
        if (progress == null || progress.phase().compareTo(Progress.Phase.GENERATING) < 0) {
            return 0;
        }
        boolean generating = progress.phase() == Progress.Phase.GENERATING && progress.total() > 0;
        return generating ? (double) progress.done() / progress.total() : 1;
    }

    private static double written(Job job) {
        Progress progress = job.progress();
        boolean writing = progress != null && progress.phase() == Progress.Phase.WRITING && progress.total() > 0;
        return writing ? (double) progress.done() / progress.total() : 0;
    }

    private static double secondsLeft(Job job, double progress) {
        double passed = Optional.ofNullable(job.started())
                        .map(start -> Duration.between(start, Instant.now()).toMillis())
                        .orElse(0L)
                / 1000.0;
        return Math.max(0, passed / progress - passed);
    }

    private static String text(Job job) {
        if (job.state() == Job.State.QUEUED) {
            return "Waiting: %d sets are ahead in the queue.".formatted(job.position());
        }
        return job.progress() == null
                ? null
                : job.progress().phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
