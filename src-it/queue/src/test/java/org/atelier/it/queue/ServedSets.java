package org.atelier.it.queue;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;

/** Resumes quarantined sets, submits others, and prints the states of all until the last has ended. */
public final class ServedSets implements Callable<Boolean> {

    private final Visitor visitor = new Visitor();

    @Override
    public Boolean call() throws Exception {
        SetQueue queue = visitor.queue();
        for (Job job : queue.jobs()) {
            say("found " + name(job));
            if (job.state() == Job.State.QUARANTINED) {
                say("quarantined " + name(job));
                queue.resume(job.id());
            }
        }
        Path sets = Path.of(System.getProperty("sets"));
        for (String seed : System.getProperty("seeds").split(",")) {
            try {
                visitor.submit(Long.parseLong(seed), sets.resolve(seed));
                say("accepted " + seed);
            } catch (AtelierException e) {
                say("refused " + seed + ": " + e.getMessage());
            }
        }
        for (Job job : queue.jobs()) {
            queue.subscribe(job.id(), now -> say("now " + name(now) + " " + now.state() + " " + Visitor.steps(now)));
        }
        for (Job job : queue.jobs()) {
            say("ended " + name(job) + " " + Visitor.end(visitor.awaitEnd(job)));
        }
        return true;
    }

    private static String name(Job job) {
        return job.output().folder().getFileName().toString();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
