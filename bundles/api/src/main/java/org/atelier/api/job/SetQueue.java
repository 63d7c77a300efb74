package org.atelier.api.job;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Generates submitted sets one after the other on each device. Jobs survive the process: after a restart a set resumes
 * where it was interrupted.
 *
 * <p>Clients take turns on each device; the sets of one client are generated in order of submission. After a restart,
 * sets that were running come first.
 */
@ProviderType
public interface SetQueue {

    /**
     * Submits a set; when this returns, the job is on disk.
     *
     * @param request resolved and checked completely
     * @param output an absolute folder without a set, which no queued or running job uses; {@code null} for a folder
     *     chosen by the queue. The path of a style card is absolute too. It must be that of a whole set
     * @param client name of the client; the queue is fair among clients
     * @throws AtelierException that lists every fault of the request, one a line; {@code OUTPUT_UNWRITABLE} if the
     *     folder cannot be used or the queue's disk is full; {@code QUEUE_FULL}; {@code PLUGIN_WITHDRAWN} while a
     *     required plugin is being replaced; {@code SERVICE_UNREACHABLE} while the queue is stopping. No job is created
     *     then
     */
    Job submit(SetRequest request, SetOutput output, String client);

    /** Queued and running jobs and the most recent ended ones, in order of submission. */
    List<Job> jobs();

    /**
     * Returns a job.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Job job(String id);

    /**
     * Cancels a job: at once if it is queued, before the next pass of the network if it is running. A second call, or a
     * call for an ended job, has no effect. When this returns, the cancellation is on disk; if the disk is full, the
     * job is cancelled all the same.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Job cancel(String id);

    /**
     * Puts a failed, cancelled or quarantined job back into the queue; its generation resumes where it ended. It has no
     * effect on a queued, running or completed job. A running job whose cancellation is pending is queued again once it
     * has ended.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}; {@code QUEUE_FULL}; {@code OUTPUT_UNWRITABLE} if another job now
     *     uses its folder, or the queue's disk is full; {@code SERVICE_UNREACHABLE} while the queue is stopping
     */
    Job resume(String id);

    /**
     * Calls a listener with the job as it is now, then after every change until the subscription is closed. A listener
     * that throws is not called again.
     *
     * @return to be closed to end the calls
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Subscription subscribe(String id, JobListener listener);

    /** The subscription of a listener to a job. */
    interface Subscription extends AutoCloseable {

        /** Waits for a call of the listener that is in progress; no call begins after this has returned. */
        @Override
        void close();
    }
}
