package org.atelier.web.sets;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.QueueChanges;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/** A queue that the test controls, and that generates nothing. */
public final class FakeQueue implements SetQueue, QueueChanges {

    public final Map<String, Job> jobs = Collections.synchronizedMap(new LinkedHashMap<>());
    public final List<JobListener> listeners = new CopyOnWriteArrayList<>();
    public final List<Runnable> followers = new CopyOnWriteArrayList<>();

    private final AtomicInteger submitted = new AtomicInteger();

    /** Thrown by the next submission. */
    public AtelierException refusal;

    public static Job job(String id, Job.State state, Path folder) {
        return new Job(
                id,
                "test",
                state,
                0,
                SetRequest.builder().prompts("a house", "a fish").build(),
                SetOutput.to(folder),
                1,
                Instant.EPOCH,
                null,
                null,
                state == Job.State.RUNNING ? new Progress(Progress.Phase.GENERATING, 1, 4) : null,
                List.of(),
                List.of(),
                state == Job.State.FAILED ? new Job.Fault(Code.OUT_OF_MEMORY, "Out of memory.") : null);
    }

    public void put(Job job) {
        jobs.put(job.id(), job);
        listeners.forEach(listener -> listener.changed(job));
        followers.forEach(Runnable::run);
    }

    @Override
    public Job submit(SetRequest request, SetOutput output, String client) {
        if (refusal != null) {
            throw refusal;
        }
        Job like = job("job" + submitted.getAndIncrement(), Job.State.QUEUED, Path.of("/sets"));
        Job job = new Job(
                like.id(),
                client,
                like.state(),
                jobs.size(),
                request,
                output.folder() == null ? new SetOutput(Path.of("/sets", like.id()), output.styleCard()) : output,
                0,
                Instant.EPOCH,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null);
        put(job);
        return job;
    }

    @Override
    public List<Job> jobs() {
        synchronized (jobs) {
            return new ArrayList<>(jobs.values());
        }
    }

    @Override
    public Job job(String id) {
        if (!jobs.containsKey(id)) {
            throw new AtelierException(Code.JOB_NOT_FOUND, "There is no job " + id + ".");
        }
        return jobs.get(id);
    }

    @Override
    public Job cancel(String id) {
        put(in(job(id), Job.State.CANCELLED));
        return job(id);
    }

    @Override
    public Job resume(String id) {
        put(in(job(id), Job.State.QUEUED));
        return job(id);
    }

    private static Job in(Job job, Job.State state) {
        return new Job(
                job.id(),
                job.client(),
                state,
                0,
                job.request(),
                job.output(),
                job.attempts(),
                job.submitted(),
                job.started(),
                null,
                null,
                job.images(),
                job.notes(),
                null);
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        followers.add(listener);
        return () -> followers.remove(listener);
    }

    @Override
    public Subscription subscribe(String id, JobListener listener) {
        listener.changed(job(id));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
