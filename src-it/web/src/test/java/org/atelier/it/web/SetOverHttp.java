package org.atelier.it.web;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;

/** Submits a set, cancels it, resumes it, and follows it to its end, all with the client. */
public final class SetOverHttp implements Callable<List<String>> {

    private final Caller caller = new Caller();

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        SetQueue remote = caller.server().queue();
        SetQueue local = caller.service(SetQueue.class);
        Job job = caller.submit(remote, "submitted");
        Caller.awaitGeneration(remote, job);

        remote.cancel(job.id());
        results.add(Caller.awaitEnd(remote, job).state().toString());
        remote.resume(job.id());
        Job resumed = Caller.await(
                remote, job, now -> now.attempts() == 2 && now.state().isEnd());

        results.add("resumed: " + Caller.end(resumed));
        boolean written = resumed.images().stream().allMatch(image -> Files.isRegularFile(image.file()));
        results.add(written ? "written where it was asked for" : "not written: " + resumed.images());
        results.add(
                resumed.equals(local.job(job.id()))
                        ? "told as it is"
                        : "told " + resumed + " of " + local.job(job.id()));
        results.add(remote.jobs().equals(local.jobs()) ? "listed as they are" : "others: " + remote.jobs());
        results.add("of no such plugin: "
                + Caller.error(() -> remote.submit(
                        Caller.request("nobody"), SetOutput.to(job.output().folder()), "caller")));
        results.add("of no such job: " + Caller.error(() -> remote.job("nobody")));
        return results;
    }
}
