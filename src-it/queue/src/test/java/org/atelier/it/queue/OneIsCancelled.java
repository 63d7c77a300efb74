package org.atelier.it.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.api.job.Job;

/** Cancels a set that is generated, and resumes it later. */
public final class OneIsCancelled implements Callable<List<String>> {

    private static final long SEED = 5;

    private final Visitor visitor = new Visitor();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Job first = visitor.submit(SEED);
        Job second = visitor.submit(SEED + 1);
        AtomicInteger steps = new AtomicInteger();
        visitor.queue().subscribe(first.id(), now -> steps.accumulateAndGet(Visitor.steps(now), Math::max));
        visitor.awaitGeneration(first);

        Job cancelling = visitor.queue().cancel(first.id());
        Job cancelled = visitor.awaitEnd(first);
        // One pass may have been under way, and generates a step of each of the two images.
        boolean atOnce = steps.get() - Visitor.steps(cancelling) <= 2;
        results.add(cancelled.state()
                + (atOnce ? " within 1 pass" : " late: " + steps + " after " + cancelling.progress()));
        results.add(Visitor.end(visitor.awaitEnd(second)));

        visitor.queue().resume(first.id());
        Job resumed =
                visitor.await(first, now -> now.attempts() == 2 && now.state().isEnd());
        results.add("resumed: " + Visitor.end(resumed)
                + (visitor.equalsUninterrupted(resumed, SEED) ? ", as undisturbed" : ", other images"));
        return results;
    }
}
