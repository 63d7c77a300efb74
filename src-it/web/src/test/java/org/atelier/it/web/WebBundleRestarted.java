package org.atelier.it.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.osgi.framework.Bundle;

/** Stops the door's own bundle while a set is generated that somebody follows through it, and starts it again. */
public final class DoorRestarted implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> told = new ArrayList<>();
        Bundle door = caller.bundle("org.atelier.web");
        Server server = caller.server();
        Job generated = caller.submit(server.queue(), "past-the-door");
        Caller.awaitGeneration(server.queue(), generated);

        SetQueue.Subscription following = server.queue().subscribe(generated.id(), now -> {});
        told.add(Caller.hasThread("atelier job events") ? "one thread for followers" : "no thread for followers");
        door.stop();
        told.add(Caller.keepsThread("atelier job events") ? "it is left" : "it has ended");
        told.add(Caller.keepsThread("events of a job") ? "still followed" : "followed no more");
        following.close();
        told.add(caller.findsTheServersFile() ? "still announced" : "announced no more");
        told.add("who has found one: " + Caller.refusal(() -> server.queue().jobs()));
        told.add("who speaks HTTP: " + caller.status(server.address(), "health"));

        Job complete = Caller.awaitEnd(caller.service(SetQueue.class), generated);
        told.add("attempt " + complete.attempts() + ", " + Caller.end(complete));
        door.start();

        told.add("again: " + Caller.end(caller.server().queue().job(generated.id())));
        return told;
    }
}
