package org.atelier.it.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Servers;
import org.atelier.it.harness.RequestSurroundings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Asks the server of the framework's data folder for a job, and follows it to its end. */
public final class FollowingProbe implements Callable<List<String>> {

    private final BundleContext context =
            FrameworkUtil.getBundle(FollowingProbe.class).getBundleContext();

    @Override
    public List<String> call() throws InterruptedException {
        RequestSurroundings.offer(context);
        Servers servers = context.getService(context.getServiceReference(Servers.class));
        SetQueue queue =
                servers.of(Path.of(context.getProperty("atelier.data"))).queue();
        Job job = queue.job("one");
        List<String> told = new ArrayList<>(List.of(job.request().prompts() + " " + job.state()));
        BlockingQueue<Job> changes = new LinkedBlockingQueue<>();
        try (SetQueue.Subscription following = queue.subscribe("one", changes::add)) {
            while (job != null && !job.state().isEnd()) {
                job = changes.poll(20, TimeUnit.SECONDS);
                told.add(
                        job == null ? following + " tells nothing" : job.state().toString());
            }
        }
        return told;
    }
}
