package org.atelier.api.job;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Generates sets one after the other on each device, and forgets none: what was submitted outlives the process, and what was
 * generated of a set when it ended is not generated again.
 *
 * <p>Clients take turns on each device; the sets of one client are generated in the order in which it submitted them. Sets that
 * were being generated when the process ended come before all others in the next.
 */
@ProviderType
public interface SetQueue {

    /**
     * Takes in a set; when this returns, it is on the disk.
     *
     * @param request checked, all of it, as it will be generated
     * @param output an absolute folder, which no other job has that waits or is being generated, and where no set lies;
     *     {@code null} for one of the queue's own. The place of a style card is absolute too
     * @param client who asks; the queue is fair among clients
     * @throws AtelierException that lists every fault of the request, one a line; {@code OUTPUT_UNWRITABLE} for a folder
     *     that cannot be had, or when the queue's own disk is full; {@code QUEUE_FULL} when too many wait;
     *     {@code PLUGIN_WITHDRAWN} while a plugin that it needs is being replaced; {@code SERVICE_UNREACHABLE} when the
     *     queue is stopping. Nothing was taken in then
     */
    Job submit(SetRequest request, SetOutput output, String client);

    /** Those that wait or are being generated, and the last of those that ended; in the order in which they were submitted. */
    List<Job> jobs();

    /** @throws AtelierException {@code JOB_NOT_FOUND} */
    Job job(String id);

    /**
     * Ends a job: at once if it waits, at the next pass of the network if it is being generated. A second time, or for one
     * that has ended, nothing changes. It is on the disk when this returns; when that is full, the job ends all the same.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Job cancel(String id);

    /**
     * Puts a job that failed, was cancelled or was quarantined back into the queue; generation continues where it ended. For
     * one that waits, is being generated or is complete nothing changes; one that was cancelled and has not ended yet goes on
     * when it has.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}; {@code QUEUE_FULL}; {@code OUTPUT_UNWRITABLE} when another job has
     *     its folder by now, or the queue's own disk is full; {@code SERVICE_UNREACHABLE} when the queue is stopping
     */
    Job resume(String id);

    /**
     * Calls a listener with the job as it is now, then with every change until it is closed. A listener that throws is
     * not called again.
     *
     * @return ends the calls
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Following follow(String id, JobListener listener);

    /** A listener that follows a job. */
    interface Following extends AutoCloseable {

        /** Waits for a call of the listener that is under way; none begins after this has returned. */
        @Override
        void close();
    }
}
