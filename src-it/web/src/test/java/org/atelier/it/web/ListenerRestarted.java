package org.atelier.it.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.osgi.framework.Bundle;

/** Stops the HTTP service and starts it again, possibly on another port. */
public final class ListenerRestarted implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Bundle listener = caller.bundle("org.apache.felix.http.jetty12");
        Server server = caller.server();

        listener.stop();
        results.add(caller.hasServerFile() ? "still announced" : "announced no more");
        results.add("who has found one: " + Caller.error(() -> server.queue().jobs()));
        listener.start();

        Server again = caller.server();
        results.add("health: " + caller.status(again.address(), "health"));
        boolean same =
                again.queue().jobs().equals(caller.service(SetQueue.class).jobs());
        results.add(same ? "the jobs of this process" : "other jobs");
        return results;
    }
}
