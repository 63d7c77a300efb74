package org.atelier.cli.commands;

import static org.atelier.api.AtelierException.Code.JOB_NOT_FOUND;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.server.Server;
import org.atelier.api.server.Servers;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/** A server with the data folder {@code /data} whose jobs change as the test specifies. */
final class FakeServer implements Servers, SetQueue {

    static final Path DATA = Path.of("/data");

    boolean runs = true;
    AtelierException submitFailure;

    /** Thrown to followers. */
    AtelierException followFailure;

    /** How many queries of a job fail. */
    int unreachable;

    SetRequest submitted;
    SetOutput output;
    String client;

    /** What a follower receives, in order. */
    final Deque<Job> updates = new ArrayDeque<>();

    final Map<String, Job> jobs = new LinkedHashMap<>();

    static Job job(Job.State state, int done, String... notes) {
        boolean isFailed = state == Job.State.FAILED || state == Job.State.QUARANTINED;
        return new Job(
                "one",
                "you",
                state,
                state == Job.State.QUEUED ? 2 : 0,
                SetRequest.builder()
                        .prompts("a house", "a fish")
                        .seed(42L)
                        .steps(50)
                        .sampler("ddim")
                        .cfgScale(5)
                        .build(),
                SetOutput.to(Path.of("/home/user/set")),
                2,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                state == Job.State.RUNNING ? new Progress(Progress.Phase.GENERATING, done, 4) : null,
                List.of(new GeneratedImage(0, "a house", 42L, Path.of("/home/user/set/000.png"), "ab")),
                List.of(notes),
                isFailed ? new Job.Fault(AtelierException.Code.OUT_OF_MEMORY, "The memory is spent.") : null);
    }

    @Override
    public Server of(Path data) {
        if (!runs || !data.equals(DATA)) {
            throw new AtelierException(SERVICE_UNREACHABLE, "No Atelier serves " + data + ".");
        }
        return new Server(URI.create("http://127.0.0.1:1"), this, new FakeCatalog(), List::of);
    }

    @Override
    public Job submit(SetRequest request, SetOutput place, String who) {
        if (submitFailure != null) {
            throw submitFailure;
        }
        submitted = request;
        output = place;
        client = who;
        return job(Job.State.QUEUED, 0);
    }

    @Override
    public List<Job> jobs() {
        return List.copyOf(jobs.values());
    }

    @Override
    public Job job(String id) {
        if (unreachable > 0) {
            unreachable--;
            throw new AtelierException(SERVICE_UNREACHABLE, "It does not answer.");
        }
        if (!jobs.containsKey(id)) {
            throw new AtelierException(JOB_NOT_FOUND, "There is no job " + id + ".");
        }
        return jobs.get(id);
    }

    @Override
    public Job cancel(String id) {
        return job(id);
    }

    @Override
    public Job resume(String id) {
        return job(id);
    }

    @Override
    public Subscription subscribe(String id, JobListener listener) {
        if (followFailure != null) {
            throw followFailure;
        }
        updates.forEach(listener::changed);
        return () -> {};
    }
}
