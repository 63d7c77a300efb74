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
final class Audience {

    private final Executor threads;
    private final Map<String, List<Mailbox>> mailboxes = new ConcurrentHashMap<>();

    /** @param threads run what calls the listeners */
    Audience(Executor threads) {
        this.threads = threads;
    }

    SetQueue.Following add(Job now, JobListener listener) {
        Mailbox added = new Mailbox(listener, threads, leaving -> leave(now.id(), leaving));
        mailboxes.merge(now.id(), List.of(added), Audience::joined);
        added.put(now);
        return added;
    }

    private static List<Mailbox> joined(List<Mailbox> some, List<Mailbox> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void leave(String id, Mailbox leaving) {
        mailboxes.computeIfPresent(id, (same, all) -> {
            List<Mailbox> left =
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
        List<Mailbox> following = mailboxes.getOrDefault(id, List.of());
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
        List<Mailbox> waiting = mailboxes.getOrDefault(id, List.of()).stream()
                .filter(Mailbox::isReadyForPreview)
                .toList();
        if (!waiting.isEmpty()) {
            BufferedImage image = preview.image().get();
            Preview decoded = new Preview(preview.picture(), preview.step(), preview.steps(), () -> image);
            waiting.forEach(mailbox -> mailbox.put(decoded));
        }
    }
}
