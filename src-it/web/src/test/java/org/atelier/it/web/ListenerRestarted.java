package org.atelier.it.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.osgi.framework.Bundle;

/** Stops what listens, under the door, and starts it again: it may listen elsewhere then. */
public final class ListenerRestarted implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> told = new ArrayList<>();
        Bundle listener = caller.bundle("org.apache.felix.http.jetty12");
        Server server = caller.server();

        listener.stop();
        told.add(caller.findsTheServersFile() ? "still announced" : "announced no more");
        told.add("who has found one: " + Caller.refusal(() -> server.queue().jobs()));
        listener.start();

        Server again = caller.server();
        told.add("health: " + caller.status(again.address(), "health"));
        boolean same =
                again.queue().jobs().equals(caller.service(SetQueue.class).jobs());
        told.add(same ? "the jobs of this process" : "other jobs");
        return told;
    }
}
