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

/** The calls that wait for their sets, in order of submission. */
final class WebuiCalls implements AutoCloseable {

    private final SetQueue queue;
    private final PendingCalls calls;
    private final List<WebuiAnswer> waiting = new ArrayList<>();

    WebuiCalls(SetQueue queue) {
        this.queue = queue;
        this.calls = new PendingCalls(queue);
    }

    /**
     * Submits a set and returns; the call is answered when the set ends.
     *
     * @param response what is written then
     * @throws org.atelier.web.http.ApiError 429 if too many calls wait
     * @throws org.atelier.api.AtelierException that lists the faults of the set
     */
    void start(SetRequest set, String client, WebuiAnswer.Response response, HttpServletRequest call) {
        try (PendingCalls.Slot slot = calls.reserve()) {
            Job job = queue.submit(set, SetOutput.to(null), client);
            WebuiAnswer answer = new WebuiAnswer(queue, job, response);
            synchronized (this) {
                waiting.add(answer);
            }
            slot.answer(job.id(), answer, call);
        }
    }

    private synchronized Optional<WebuiAnswer> first() {
        waiting.removeIf(WebuiAnswer::hasEnded);
        return waiting.stream().findFirst();
    }

    /** Cancels the set of the call that has waited longest, which is the one that is generated, or the next one. */
    void interrupt() {
        first().ifPresent(WebuiAnswer::interrupt);
    }

    /** Reports the progress of that call. @param withImage whether to include a preview */
    JsonObject progress(boolean withImage) {
        return first().map(answer -> answer.progress(withImage)).orElseGet(ProgressState::idle);
    }

    /** Ends all calls with an error; their jobs are kept. */
    @Override
    public void close() {
        calls.close();
    }
}
