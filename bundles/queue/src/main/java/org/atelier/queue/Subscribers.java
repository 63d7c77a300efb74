package org.atelier.queue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.Preview;

/** The subscriptions to all jobs; thread-safe. */
final class Subscribers {

    private final Executor threads;
    private final Map<String, List<CoalescingSubscription>> byJob = new ConcurrentHashMap<>();

    /** @param threads run what calls the listeners */
    Subscribers(Executor threads) {
        this.threads = threads;
    }

    SetQueue.Subscription add(Job now, JobListener listener) {
        CoalescingSubscription added =
                new CoalescingSubscription(listener, threads, leaving -> leave(now.id(), leaving));
        byJob.merge(now.id(), List.of(added), Subscribers::joined);
        added.put(now);
        return added;
    }

    private static List<CoalescingSubscription> joined(
            List<CoalescingSubscription> some, List<CoalescingSubscription> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void leave(String id, CoalescingSubscription leaving) {
        byJob.computeIfPresent(id, (same, all) -> {
            List<CoalescingSubscription> left =
                    all.stream().filter(subscription -> subscription != leaving).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** Sends every subscriber the current state of its job. */
    void publish(Function<String, Job> jobs) {
        byJob.keySet().forEach(id -> publish(id, jobs));
    }

    /** Sends the subscribers of one job its current state. */
    void publish(String id, Function<String, Job> jobs) {
        List<CoalescingSubscription> following = byJob.getOrDefault(id, List.of());
        if (!following.isEmpty()) {
            Job job = jobs.apply(id);
            following.forEach(subscription -> subscription.put(job));
        }
    }

    /** Drops the subscriptions to a job that was removed from the history. */
    void forget(String id) {
        byJob.remove(id);
    }

    /** Decodes a preview once and sends it, if a subscriber is ready for one. */
    void show(String id, Preview preview) {
        List<CoalescingSubscription> waiting = byJob.getOrDefault(id, List.of()).stream()
                .filter(CoalescingSubscription::isReadyForPreview)
                .toList();
        if (!waiting.isEmpty()) {
            BufferedImage image = preview.decoder().get();
            Preview decoded = new Preview(preview.image(), preview.step(), preview.steps(), () -> image);
            waiting.forEach(subscription -> subscription.put(decoded));
        }
    }
}
