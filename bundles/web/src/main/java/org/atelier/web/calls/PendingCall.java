package org.atelier.web.calls;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.job.SetQueue.Subscription;
import org.atelier.api.set.Preview;
import org.atelier.web.http.ApiError;
import org.atelier.web.server.DisconnectWatch.Watching;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that waits for its job without a thread. If the client closes the connection, the job is cancelled. The queue calls it on
 * threads that do not generate, so a client that reads slowly delays no set.
 */
final class PendingCall implements JobListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(PendingCall.class);

    private final SetQueue queue;
    private final String job;
    private final PendingResponse pending;
    private final AsyncContext context;
    private final Consumer<PendingCall> whenEnded;
    private Subscription subscription;
    private Watching watching;
    private boolean ended;

    /** @param whenEnded called once */
    PendingCall(
            SetQueue queue,
            String job,
            PendingResponse pending,
            AsyncContext context,
            Consumer<PendingCall> whenEnded) {
        this.queue = queue;
        this.job = job;
        this.pending = pending;
        this.context = context;
        this.whenEnded = whenEnded;
        context.setTimeout(0);
        context.addListener(this);
    }

    /** Sets what this call closes at its end. */
    void attach(Subscription toJob, Watching ofConnection) {
        boolean late;
        synchronized (this) {
            late = ended;
            subscription = toJob;
            watching = ofConnection;
        }
        if (late) {
            toJob.close();
            ofConnection.end();
        }
    }

    @Override
    public boolean wantsPreviews() {
        return pending.wantsPreviews();
    }

    @Override
    public void previewed(Preview preview) {
        write(() -> pending.previewed(preview, response()));
    }

    @Override
    public void changed(Job changed) {
        if (!changed.state().isEnd()) {
            write(() -> pending.changed(changed, response()));
        } else if (changed.state() == Job.State.COMPLETED) {
            end(() -> pending.completed(changed, response()));
        } else if (changed.state() == Job.State.CANCELLED) {
            end(() -> pending.cancelled(changed, response()));
        } else {
            end(() -> pending.failed(error(changed), response()));
        }
    }

    /** Keeps the connection of a stream open. */
    void keepAlive() {
        context.start(() -> write(() -> pending.keepAlive(response())));
    }

    /** The client has closed the connection. */
    void abandon() {
        if (end(() -> {})) {
            LOG.info("The client of job {} has disconnected; the job is cancelled", job);
            try {
                queue.cancel(job);
            } catch (AtelierException e) {
                LOG.warn("Job {} cannot be cancelled: {}", job, e.getMessage());
            }
        }
    }

    /** Ends the request with an error; the job continues. */
    void refuse(ApiError error) {
        end(() -> pending.failed(error, response()));
    }

    static ApiError error(Job job) {
        Job.Fault fault = job.fault();
        return ApiError.of(
                fault == null
                        ? new AtelierException(
                                AtelierException.Code.CANCELLED, "Job %s was cancelled.".formatted(job.id()))
                        : new AtelierException(fault.code(), fault.message()));
    }

    /** Writes a part of the response. */
    private interface Part {
        void write() throws IOException;
    }

    private void write(Part part) {
        boolean gone = false;
        boolean failed = false;
        synchronized (this) {
            if (ended) {
                return;
            }
            try {
                part.write();
            } catch (IOException e) {
                gone = true;
            } catch (RuntimeException e) {
                LOG.error("A part of the response of job {} cannot be written", job, e);
                failed = true;
            }
        }
        if (gone) {
            abandon();
        } else if (failed) {
            refuse(ApiError.of(500, "internal_error", "The images cannot be returned; see the log of the server."));
        }
    }

    /** @return false if the call had ended */
    private boolean end(Part last) {
        Subscription toJob;
        Watching ofConnection;
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            toJob = subscription;
            ofConnection = watching;
        }
        if (ofConnection != null) {
            ofConnection.end();
        }
        try {
            writeLast(last);
        } catch (IOException e) {
            LOG.info("The response of job {} is incomplete: {}", job, e.getMessage());
        } finally {
            whenEnded.accept(this);
            context.complete();
        }
        if (toJob != null) {
            toJob.close();
        }
        return true;
    }

    /** A failure before anything is sent is reported to the client. */
    private void writeLast(Part last) throws IOException {
        try {
            last.write();
        } catch (RuntimeException e) {
            LOG.error("The response of job {} cannot be written", job, e);
            if (!response().isCommitted()) {
                response().resetBuffer();
            }
            pending.failed(
                    e instanceof AtelierException fault
                            ? ApiError.of(fault)
                            : ApiError.of(
                                    500,
                                    "internal_error",
                                    "The images of job %s cannot be returned; see the log of the server."
                                            .formatted(job)),
                    response());
        }
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) context.getResponse();
    }

    @Override
    public void onError(AsyncEvent event) {
        abandon();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        abandon();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // The call has completed the context itself.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The context was started once, before this listener was added.
    }
}
