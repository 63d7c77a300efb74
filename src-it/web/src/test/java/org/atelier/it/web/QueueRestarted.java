package org.atelier.it.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.osgi.framework.Bundle;

/** Stops the queue's bundle while a set runs and a client is subscribed to it, calls the API, and starts the bundle again. */
public final class QueueRestarted implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        Bundle queue = caller.bundle("org.atelier.queue");
        Server server = caller.server();
        Path token = caller.data().resolve(Caller.TOKEN);
        String before = Files.readString(token);
        Job generated = caller.submit(server.queue(), "queue-restart");
        Caller.awaitGeneration(server.queue(), generated);

        SetQueue.Subscription following = server.queue().subscribe(generated.id(), now -> {});
        results.add(Caller.hasThread("events of a job") ? "followed" : "nobody follows");
        queue.stop();
        results.add(Caller.keepsThread("events of a job") ? "still followed" : "followed no more");
        following.close();
        results.add(caller.hasServerFile() ? "still announced" : "announced no more");
        results.add("who looks for a server: "
                + Caller.error(() -> caller.servers().of(caller.data()).queue().jobs()));
        results.add("who has found one: " + Caller.error(() -> server.queue().jobs()));
        results.add("status over HTTP: " + caller.status(server.address(), "health"));

        queue.start();

        Server again = caller.server();
        results.add(again.address().equals(server.address()) ? "the same address" : "now " + again.address());
        results.add(Files.readString(token).equals(before) ? "the same token" : "another token");
        Job complete = Caller.awaitEnd(server.queue(), generated);
        results.add("attempt " + complete.attempts() + ", " + Caller.end(complete));
        return results;
    }
}
