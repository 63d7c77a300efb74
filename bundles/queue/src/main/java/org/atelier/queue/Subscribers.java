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

/** All who follow jobs; for several threads at once. */
final class Subscribers {

    private final Executor threads;
    private final Map<String, List<CoalescingSubscription>> mailboxes = new ConcurrentHashMap<>();

    /** @param threads run what calls the listeners */
    Subscribers(Executor threads) {
        this.threads = threads;
    }

    SetQueue.Following add(Job now, JobListener listener) {
        CoalescingSubscription added =
                new CoalescingSubscription(listener, threads, leaving -> leave(now.id(), leaving));
        mailboxes.merge(now.id(), List.of(added), Subscribers::joined);
        added.put(now);
        return added;
    }

    private static List<CoalescingSubscription> joined(
            List<CoalescingSubscription> some, List<CoalescingSubscription> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void leave(String id, CoalescingSubscription leaving) {
        mailboxes.computeIfPresent(id, (same, all) -> {
            List<CoalescingSubscription> left =
                    all.stream().filter(mailbox -> mailbox != leaving).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** Tells everyone who follows a job how it is. */
    void tell(Function<String, Job> jobs) {
        mailboxes.keySet().forEach(id -> tell(id, jobs));
    }

    /** Tells those who follow one job how it is. */
    void tell(String id, Function<String, Job> jobs) {
        List<CoalescingSubscription> following = mailboxes.getOrDefault(id, List.of());
        if (!following.isEmpty()) {
            Job job = jobs.apply(id);
            following.forEach(mailbox -> mailbox.put(job));
        }
    }

    /** A job that is forgotten changes no more. */
    void forget(String id) {
        mailboxes.remove(id);
    }

    /** Decodes a preview, once, if anyone is waiting for one. */
    void show(String id, Preview preview) {
        List<CoalescingSubscription> waiting = mailboxes.getOrDefault(id, List.of()).stream()
                .filter(CoalescingSubscription::isReadyForPreview)
                .toList();
        if (!waiting.isEmpty()) {
            BufferedImage image = preview.decoder().get();
            Preview decoded = new Preview(preview.image(), preview.step(), preview.steps(), () -> image);
            waiting.forEach(mailbox -> mailbox.put(decoded));
        }
    }
}
