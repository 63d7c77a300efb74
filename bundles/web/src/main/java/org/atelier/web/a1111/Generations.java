package org.atelier.web.a1111;

import com.google.gson.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.web.http.ApiError;
import org.atelier.web.server.DisconnectWatch;
import org.atelier.web.server.UnavailableServlet;

/** The calls that wait for their sets, in order of submission. */
final class Generations implements AutoCloseable {

    /** Each holds a connection, and memory for the images of its response when it ends. */
    static final int MAX_WAITING = 64;

    private final SetQueue queue;
    private final DisconnectWatch disconnects;
    private final Set<Generation> waiting = new LinkedHashSet<>();
    private boolean closed;

    Generations(SetQueue queue, DisconnectWatch disconnects) {
        this.queue = queue;
        this.disconnects = disconnects;
    }

    /**
     * Submits a set and returns; the call is answered when the set ends. It is cancelled when the client disconnects.
     *
     * @param respond writes the response and completes the connection; called once, on a thread of the servlet container
     * @throws ApiError 429 if too many calls wait
     * @throws org.atelier.api.AtelierException that lists the faults of the set
     */
    void start(SetRequest set, String client, HttpServletRequest call, BiConsumer<AsyncContext, Job> respond) {
        requireRoom();
        Job job = queue.submit(set, SetOutput.to(null), client);
        AsyncContext connection = call.startAsync();
        connection.setTimeout(0);
        Generation generation = new Generation(queue, job, connection, (ended, last) -> {
            remove(ended);
            connection.start(() -> {
                ended.release();
                respond.accept(connection, last);
            });
        });
        if (!add(generation)) {
            generation.end();
            queue.cancel(job.id());
            respond.accept(connection, null);
            return;
        }
        connection.addListener(new Abandonment(generation));
        generation.follow(disconnects.watch(call, true, generation::interrupt)::end);
    }

    private synchronized void requireRoom() {
        if (closed) {
            throw UnavailableServlet.unavailable();
        }
        if (waiting.size() >= MAX_WAITING) {
            throw ApiError.of(
                    429,
                    "too_many_calls",
                    "%d calls already wait for their sets; try again later.".formatted(MAX_WAITING));
        }
    }

    private synchronized boolean add(Generation generation) {
        return !closed && waiting.add(generation);
    }

    private synchronized void remove(Generation generation) {
        waiting.remove(generation);
    }

    private synchronized Optional<Generation> first() {
        return waiting.stream().findFirst();
    }

    /** Cancels the set of the call that has waited longest, which is the one that is generated, or the next one. */
    void interrupt() {
        first().ifPresent(Generation::interrupt);
    }

    /** Reports the progress of that call. @param withImage whether to include a preview */
    JsonObject progress(boolean withImage) {
        return first().map(generation -> generation.progress(withImage)).orElseGet(ProgressState::idle);
    }

    /** Ends all calls with an error; their jobs are kept. */
    void close(BiConsumer<AsyncContext, Job> respond) {
        List<Generation> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (Generation generation : open) {
            if (generation.end()) {
                generation.release();
                respond.accept(generation.connection(), null);
            }
        }
    }

    @Override
    public void close() {
        disconnects.close();
    }

    /** A connection that fails while its set is generated. */
    private final class Abandonment implements AsyncListener {

        private final Generation generation;

        Abandonment(Generation generation) {
            this.generation = generation;
        }

        @Override
        public void onError(AsyncEvent event) {
            if (generation.end()) {
                remove(generation);
                generation.interrupt();
                generation.release();
                generation.connection().complete();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            onError(event);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // Completed by whoever has responded.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Started once, before this listener was added.
        }
    }
}
