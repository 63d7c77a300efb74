package org.atelier.web;

import com.google.gson.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue.Subscription;
import org.atelier.api.set.Preview;

/**
 * One follower of a job, at the other end of a connection. The queue only leaves here what is new; the thread of all
 * followers writes it when the connection takes it, and what was not taken until then is replaced by what came after. No
 * thread waits for a follower.
 */
final class EventStream implements JobListener, WriteListener, AsyncListener {

    private static final byte[] HEARTBEAT = ": alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final Executor writer;
    private final JobEvents events;
    private final Optional<PreviewImages> previews;
    private final Consumer<EventStream> whenClosed;

    private final AtomicReference<Job> changed = new AtomicReference<>();
    private final AtomicReference<JsonObject> preview = new AtomicReference<>();
    private final AtomicBoolean beat = new AtomicBoolean();
    private AsyncContext context;
    private ServletOutputStream out;
    private Subscription following;
    private boolean unflushed;
    private boolean ending;
    private volatile boolean closed;

    /**
     * @param writer runs what it is given one after the other, on a thread that generates nothing
     * @param previews empty for none
     * @param whenClosed told once
     */
    EventStream(Executor writer, JobEvents events, Optional<PreviewImages> previews, Consumer<EventStream> whenClosed) {
        this.writer = writer;
        this.events = events;
        this.previews = previews;
        this.whenClosed = whenClosed;
    }

    /**
     * Begins to write what it was told, and is being told.
     *
     * @param connection kept open until the job ends
     */
    synchronized void open(AsyncContext connection) throws IOException {
        context = connection;
        context.setTimeout(0);
        if (closed) {
            context.complete();
            return;
        }
        context.addListener(this);
        out = context.getResponse().getOutputStream();
        out.setWriteListener(this);
    }

    /** What tells this of changes, to be ended with it. */
    synchronized void follows(Subscription telling) {
        if (closed) {
            telling.close();
        } else {
            following = telling;
        }
    }

    @Override
    public void changed(Job job) {
        changed.set(job);
        writeSoon();
    }

    @Override
    public boolean wantsPreviews() {
        return previews.isPresent();
    }

    @Override
    public void previewed(Preview shown) {
        if (!closed && preview.get() == null) {
            previews.flatMap(images -> images.of(shown)).ifPresent(json -> {
                preview.set(json);
                writeSoon();
            });
        }
    }

    /** Shows the follower that the connection lives, and finds out whether the follower does. */
    void beat() {
        beat.set(true);
        writeSoon();
    }

    private void writeSoon() {
        if (!closed) {
            writer.execute(this::write);
        }
    }

    @Override
    public void onWritePossible() {
        write();
    }

    private synchronized void write() {
        try {
            while (!closed && out != null && out.isReady()) {
                byte[] next = next();
                if (next != null) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    out.flush();
                    unflushed = false;
                } else {
                    if (ending) {
                        close();
                    }
                    return;
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    /** What is to be written now; {@code null} for nothing. */
    private byte[] next() {
        Job job = changed.getAndSet(null);
        if (job != null) {
            ending = job.state().isEnd();
            return events.of(job);
        }
        if (ending) {
            return null;
        }
        JsonObject shown = preview.getAndSet(null);
        if (shown != null) {
            return events.preview(shown);
        }
        return beat.getAndSet(false) ? HEARTBEAT : null;
    }

    /** Ends the connection and the telling. */
    void close() {
        if (end() && context != null) {
            context.complete();
        }
    }

    /** @return whether it had not ended before */
    private synchronized boolean end() {
        if (closed) {
            return false;
        }
        closed = true;
        if (following != null) {
            following.close();
        }
        whenClosed.accept(this);
        return true;
    }

    @Override
    public void onError(Throwable fault) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Begun once, before this listens.
    }
}
