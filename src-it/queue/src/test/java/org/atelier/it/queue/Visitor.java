package org.atelier.it.queue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** A client of the queue that submits sets and follows them. */
public final class Visitor {

    private static final long TIMEOUT_SECONDS = 120;
    private static final int STEPS = 12;

    private final BundleContext context = FrameworkUtil.getBundle(Visitor.class).getBundleContext();

    SetQueue queue() {
        return context.getService(context.getServiceReference(SetQueue.class));
    }

    boolean findsNoQueue() {
        ServiceReference<SetQueue> none = context.getServiceReference(SetQueue.class);
        return none == null;
    }

    Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.atelier." + name))
                .findFirst()
                .orElseThrow();
    }

    Job submit(long seed) {
        return submit(seed, null);
    }

    /** @param folder {@code null} for one of the queue's own */
    Job submit(long seed, Path folder) {
        return queue().submit(request(seed).build(), SetOutput.to(folder), "visitor");
    }

    static SetRequestBuilder request(long seed) {
        return SetRequest.builder()
                .prompts("a house", "a fish")
                .attention("none")
                .seed(seed)
                .steps(STEPS)
                .width(64)
                .height(64);
    }

    /** Waits until it is so. */
    Job await(Job job, Predicate<Job> condition) throws Exception {
        CompletableFuture<Job> met = new CompletableFuture<>();
        SetQueue.Subscription following = queue().subscribe(job.id(), now -> {
            if (condition.test(now)) {
                met.complete(now);
            }
        });
        try {
            return met.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } finally {
            following.close();
        }
    }

    Job awaitEnd(Job job) throws Exception {
        return await(job, now -> now.state().isEnd());
    }

    /** Waits until the network has generated a step of it. */
    Job awaitGeneration(Job job) throws Exception {
        return await(job, now -> steps(now) > 0);
    }

    /** Steps of images that are generated. */
    static int steps(Job job) {
        Progress progress = job.progress();
        return progress != null && progress.phase() == Progress.Phase.GENERATING ? progress.done() : 0;
    }

    static String end(Job job) {
        return job.state() + " " + job.images().size() + " images";
    }

    /** Whether a set has the same bytes as an uninterrupted one. */
    boolean equalsUninterrupted(Job disturbed, long seed) throws Exception {
        return sums(disturbed).equals(sums(awaitEnd(submit(seed))));
    }

    private static List<String> sums(Job job) {
        return job.images().stream().map(GeneratedImage::sha256).toList();
    }
}
