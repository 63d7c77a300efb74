package org.atelier.it.web;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;

/** Hands over a set, cancels it, resumes it, and follows it to its end, all by the client. */
public final class SetOverTheDoor implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> told = new ArrayList<>();
        SetQueue door = caller.server().queue();
        SetQueue behind = caller.service(SetQueue.class);
        Job job = caller.submit(door, "handed-over");
        Caller.awaitGeneration(door, job);

        door.cancel(job.id());
        told.add(Caller.awaitEnd(door, job).state().toString());
        door.resume(job.id());
        Job resumed = Caller.await(
                door, job, now -> now.attempts() == 2 && now.state().isEnd());

        told.add("resumed: " + Caller.end(resumed));
        boolean written = resumed.images().stream().allMatch(image -> Files.isRegularFile(image.file()));
        told.add(written ? "written where it was asked for" : "not written: " + resumed.images());
        told.add(
                resumed.equals(behind.job(job.id()))
                        ? "told as it is"
                        : "told " + resumed + " of " + behind.job(job.id()));
        told.add(door.jobs().equals(behind.jobs()) ? "listed as they are" : "others: " + door.jobs());
        told.add("of no such plugin: "
                + Caller.refusal(() -> door.submit(
                        Caller.request("nobody"), SetOutput.to(job.output().folder()), "caller")));
        told.add("of no such job: " + Caller.refusal(() -> door.job("nobody")));
        return told;
    }
}
