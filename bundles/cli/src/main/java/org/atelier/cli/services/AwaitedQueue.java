package org.atelier.cli.services;

import java.util.List;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/**
 * The queue of a server that may not answer.
 *
 * @param server the beginning of a sentence about the server
 */
record AwaitedQueue(SetQueue queue, ServerCalls calls, String server) implements SetQueue {

    @Override
    public Job submit(SetRequest request, SetOutput output, String client) {
        return calls.await(server, () -> queue.submit(request, output, client));
    }

    @Override
    public List<Job> jobs() {
        return calls.await(server, queue::jobs);
    }

    @Override
    public Job job(String id) {
        return calls.await(server, () -> queue.job(id));
    }

    @Override
    public Job cancel(String id) {
        return calls.await(server, () -> queue.cancel(id));
    }

    @Override
    public Job resume(String id) {
        return calls.await(server, () -> queue.resume(id));
    }

    @Override
    public Subscription subscribe(String id, JobListener listener) {
        return calls.await(server, () -> queue.subscribe(id, listener));
    }
}
