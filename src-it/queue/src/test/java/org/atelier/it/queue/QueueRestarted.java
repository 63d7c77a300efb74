package org.atelier.it.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.osgi.framework.Bundle;

/** Stops the queue's bundle while one set is generated, one waits and one is cancelled, and starts it again. */
public final class QueueRestarted implements Callable<List<String>> {

    private static final long SEED = 11;

    private final Visitor visitor = new Visitor();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Bundle bundle = visitor.bundle("queue");
        Job generated = visitor.submit(SEED);
        Job waits = visitor.submit(SEED + 1);
        Job cancelled = visitor.submit(SEED + 2);
        visitor.awaitGeneration(generated);
        visitor.queue().cancel(cancelled.id());
        results.add("before: " + states(generated, waits, cancelled));

        bundle.stop();
        bundle.start();

        Job complete = visitor.awaitEnd(generated);
        visitor.awaitEnd(waits);
        results.add("after: attempt " + complete.attempts() + ", " + states(generated, waits, cancelled));
        results.add(visitor.equalsUninterrupted(complete, SEED) ? "as undisturbed" : "other images");
        return results;
    }

    private String states(Job... jobs) {
        SetQueue queue = visitor.queue();
        List<String> states = new ArrayList<>();
        for (Job job : jobs) {
            states.add(queue.job(job.id()).state().toString());
        }
        return String.join(" ", states);
    }
}
