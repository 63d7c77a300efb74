package org.atelier.web.a1111;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.web.calls.PendingCalls;

/** The requests that wait for their sets, in order of submission. */
final class WebuiCalls implements AutoCloseable {

    private final SetQueue queue;
    private final PendingCalls calls;
    private final List<PendingGeneration> waiting = new ArrayList<>();

    WebuiCalls(SetQueue queue) {
        this.queue = queue;
        this.calls = new PendingCalls(queue);
    }

    /** @throws org.atelier.web.http.ApiError 429 if too many calls wait */
    PendingCalls.Slot reserve() {
        return calls.reserve();
    }

    /**
     * Submits a set and returns; the response is written when the set ends.
     *
     * @param slot of the call
     * @param writer writes the response
     * @throws org.atelier.api.AtelierException that lists the faults of the set
     */
    void start(
            PendingCalls.Slot slot,
            SetRequest set,
            String client,
            PendingGeneration.ResponseWriter writer,
            HttpServletRequest call) {
        Job job = queue.submit(set, SetOutput.to(null), client);
        PendingGeneration pending = new PendingGeneration(queue, job, writer);
        synchronized (this) {
            waiting.add(pending);
        }
        slot.respond(job.id(), pending, call);
    }

    private synchronized Optional<PendingGeneration> first(String client) {
        waiting.removeIf(PendingGeneration::hasEnded);
        return waiting.stream().filter(pending -> pending.isOf(client)).findFirst();
    }

    /** Cancels the set of the client's request that has waited longest; the sets of other clients are not affected. */
    void interrupt(String client) {
        first(client).ifPresent(PendingGeneration::interrupt);
    }

    /** Reports the progress of that request. @param withImage whether to include a preview */
    JsonObject progress(String client, boolean withImage) {
        return first(client).map(pending -> pending.progress(withImage)).orElseGet(ProgressState::idle);
    }

    /** Ends all waiting requests with an error; their jobs are kept. */
    @Override
    public void close() {
        calls.close();
    }
}
