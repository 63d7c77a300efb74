package org.atelier.queue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.Preview;

/** The subscriptions to single jobs, and to the changes of all; thread-safe. */
final class Subscribers {

    private final Executor threads;
    private final Map<String, List<JobSubscription>> byJob = new ConcurrentHashMap<>();
    private final Set<ChangeSubscription> ofAll = ConcurrentHashMap.newKeySet();

    /** @param threads runs the calls of the listeners */
    Subscribers(Executor threads) {
        this.threads = threads;
    }

    SetQueue.Subscription add(Job now, JobListener listener) {
        JobSubscription added = new JobSubscription(listener, threads, closed -> remove(now.id(), closed));
        byJob.merge(now.id(), List.of(added), Subscribers::joined);
        added.put(now);
        return added;
    }

    /** Adds a listener of the changes of all jobs. */
    SetQueue.Subscription add(Runnable listener) {
        ChangeSubscription added = new ChangeSubscription(listener, threads, ofAll::remove);
        ofAll.add(added);
        return added;
    }

    /** Tells that a job has another state, is new, or is gone. */
    void signalChange() {
        ofAll.forEach(ChangeSubscription::signal);
    }

    private static List<JobSubscription> joined(List<JobSubscription> some, List<JobSubscription> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void remove(String id, JobSubscription closed) {
        byJob.computeIfPresent(id, (same, all) -> {
            List<JobSubscription> remaining =
                    all.stream().filter(subscription -> subscription != closed).toList();
            return remaining.isEmpty() ? null : remaining;
        });
    }

    /** Sends every subscriber the current state of its job. */
    void publish(Function<String, Job> jobs) {
        byJob.keySet().forEach(id -> publish(id, jobs));
    }

    /** Sends the subscribers of one job its current state. */
    void publish(String id, Function<String, Job> jobs) {
        List<JobSubscription> subscriptions = byJob.getOrDefault(id, List.of());
        if (!subscriptions.isEmpty()) {
            Job job = jobs.apply(id);
            subscriptions.forEach(subscription -> subscription.put(job));
        }
    }

    /** Drops the subscriptions to a job that was removed from the history. */
    void forget(String id) {
        byJob.remove(id);
    }

    /** Sends a preview to every subscriber that is ready for one; decodes it once, and only if there is such a subscriber. */
    void publish(String id, Preview preview) {
        List<JobSubscription> ready = byJob.getOrDefault(id, List.of()).stream()
                .filter(JobSubscription::isReadyForPreview)
                .toList();
        if (!ready.isEmpty()) {
            BufferedImage image = preview.decoder().get();
            Preview decoded = new Preview(preview.image(), preview.step(), preview.steps(), () -> image);
            ready.forEach(subscription -> subscription.put(decoded));
        }
    }
}
