package org.atelier.it.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.osgi.framework.Bundle;

/** Stops the studio's bundle while a set is generated, and starts it again. */
public final class StudioRestarted implements Callable<List<String>> {

    private static final long SEED = 21;

    private final Visitor visitor = new Visitor();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Bundle studio = visitor.bundle("studio");
        Job generated = visitor.submit(SEED);
        visitor.awaitGeneration(generated);

        studio.stop();
        results.add(visitor.findsNoQueue() ? "without the studio there is no queue" : "a queue without a studio");
        studio.start();

        Job complete = visitor.awaitEnd(generated);
        results.add("attempt " + complete.attempts() + ", " + Visitor.end(complete));
        results.add(visitor.equalsUninterrupted(complete, SEED) ? "as undisturbed" : "other images");
        return results;
    }
}
