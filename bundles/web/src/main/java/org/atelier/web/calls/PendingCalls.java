package org.atelier.web.calls;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.atelier.api.job.SetQueue;
import org.atelier.web.http.ApiError;
import org.atelier.web.server.DisconnectWatch;
import org.atelier.web.server.UnavailableServlet;

/** All requests that wait for their jobs. */
public final class PendingCalls implements AutoCloseable {

    /** Fewer than the connections of the server. */
    public static final int MAX_CALLS = 64;

    private static final int KEEP_ALIVE_SECONDS = 15;

    private final SetQueue queue;
    private final Set<PendingCall> calls = ConcurrentHashMap.newKeySet();
    private final Semaphore slots = new Semaphore(MAX_CALLS);
    private final DisconnectWatch connections = new DisconnectWatch();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "atelier calls");
        thread.setDaemon(true);
        return thread;
    });

    /** Null while no request waits. */
    private ScheduledFuture<?> next;

    private boolean closed;

    public PendingCalls(SetQueue queue) {
        this.queue = queue;
    }

    /**
     * Reserves a slot for a request, before its job is submitted.
     *
     * @throws ApiError 429 if all slots are taken
     */
    public Slot reserve() {
        if (!slots.tryAcquire()) {
            throw ApiError.of(
                    429, "too_many_calls", "%d calls wait for images already; try again later.".formatted(MAX_CALLS));
        }
        return new Slot();
    }

    /** A reserved slot. Closing frees it unless a request uses it. */
    public final class Slot implements AutoCloseable {

        private boolean free = true;

        private Slot() {}

        /** Responds to a request when a job ends, and frees the slot then. */
        public void respond(String job, PendingResponse pending, HttpServletRequest request) {
            AsyncContext context = request.startAsync();
            free = false;
            add(job, new PendingCall(queue, job, pending, context, PendingCalls.this::ended), pending, request);
        }

        @Override
        public void close() {
            if (free) {
                free = false;
                slots.release();
            }
        }
    }

    private void ended(PendingCall call) {
        calls.remove(call);
        slots.release();
    }

    private void add(String job, PendingCall call, PendingResponse pending, HttpServletRequest request) {
        calls.add(call);
        synchronized (this) {
            if (closed) {
                call.refuse(ApiError.of(UnavailableServlet.unavailable()));
                return;
            }
            if (next == null) {
                next = clock.schedule(this::tick, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
            }
        }
        call.attach(queue.subscribe(job, call), connections.watch(request, !pending.isStream(), call::abandon));
    }

    private void tick() {
        calls.forEach(PendingCall::keepAlive);
        synchronized (this) {
            next = calls.isEmpty() || closed ? null : clock.schedule(this::tick, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        clock.shutdownNow();
        calls.forEach(call -> call.refuse(ApiError.of(UnavailableServlet.unavailable())));
        connections.close();
    }
}
