package org.atelier.it.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.osgi.framework.Bundle;

/** Stops the web bundle while a set runs and a client is subscribed to it, and starts the bundle again. */
public final class WebBundleRestarted implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Bundle web = caller.bundle("org.atelier.web");
        Server server = caller.server();
        Job generated = caller.submit(server.queue(), "during-restart");
        Caller.awaitGeneration(server.queue(), generated);

        SetQueue.Subscription following = server.queue().subscribe(generated.id(), now -> {});
        results.add(Caller.hasThread("atelier job events") ? "one thread for followers" : "no thread for followers");
        web.stop();
        results.add(Caller.keepsThread("atelier job events") ? "it is left" : "it has ended");
        results.add(Caller.keepsThread("events of a job") ? "still followed" : "followed no more");
        following.close();
        results.add(caller.hasServerFile() ? "still announced" : "announced no more");
        results.add("who has found one: " + Caller.error(() -> server.queue().jobs()));
        results.add("status over HTTP: " + caller.status(server.address(), "health"));

        Job complete = Caller.awaitEnd(caller.service(SetQueue.class), generated);
        results.add("attempt " + complete.attempts() + ", " + Caller.end(complete));
        web.start();

        results.add("again: " + Caller.end(caller.server().queue().job(generated.id())));
        return results;
    }
}
