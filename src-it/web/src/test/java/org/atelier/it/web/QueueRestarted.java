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

/** Stops the queue's bundle while a set is generated and followed, calls at the closed door, and starts it again. */
public final class QueueRestartedBehindTheDoor implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> told = new ArrayList<>();
        Bundle queue = caller.bundle("org.atelier.queue");
        Server server = caller.server();
        Path token = caller.data().resolve(Caller.TOKEN);
        String before = Files.readString(token);
        Job generated = caller.submit(server.queue(), "behind-the-door");
        Caller.awaitGeneration(server.queue(), generated);

        SetQueue.Subscription following = server.queue().subscribe(generated.id(), now -> {});
        told.add(Caller.hasThread("events of a job") ? "followed" : "nobody follows");
        queue.stop();
        told.add(Caller.keepsThread("events of a job") ? "still followed" : "followed no more");
        following.close();
        told.add(caller.findsTheServersFile() ? "still announced" : "announced no more");
        told.add("who looks for a server: "
                + Caller.refusal(
                        () -> caller.servers().of(caller.data()).queue().jobs()));
        told.add("who has found one: " + Caller.refusal(() -> server.queue().jobs()));
        told.add("who speaks HTTP: " + caller.status(server.address(), "health"));

        queue.start();

        Server again = caller.server();
        told.add(again.address().equals(server.address()) ? "the same address" : "now " + again.address());
        told.add(Files.readString(token).equals(before) ? "the same token" : "another token");
        Job complete = Caller.awaitEnd(server.queue(), generated);
        told.add("attempt " + complete.attempts() + ", " + Caller.end(complete));
        return told;
    }
}
