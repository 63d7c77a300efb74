package org.atelier.it.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.osgi.framework.Bundle;

/** Takes the plugin away that one set generates with and the next two wait for, and brings it back. */
public final class PluginReplaced implements Callable<List<String>> {

    private final Visitor visitor = new Visitor();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Bundle plugin = visitor.bundle("attention.none");
        List<Job> jobs = List.of(visitor.submit(31), visitor.submit(32), visitor.submit(33));
        visitor.awaitGeneration(jobs.get(0));

        plugin.stop();
        results.add("it went when the first set was "
                + visitor.awaitEnd(jobs.get(0)).state());
        visitor.await(jobs.get(1), now -> now.state() == Job.State.RUNNING);
        plugin.start();
        visitor.awaitGeneration(jobs.get(1));
        plugin.update();

        for (Job job : jobs) {
            results.add(Visitor.end(visitor.awaitEnd(job)));
        }
        return results;
    }
}
