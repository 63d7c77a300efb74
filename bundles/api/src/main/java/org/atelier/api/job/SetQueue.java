package org.atelier.api.job;

import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Draws sets one after the other on each device, and forgets none: what was submitted outlives the process, and what was
 * drawn of a set when it ended is not drawn again.
 *
 * <p>Clients take turns; the sets of one client are drawn in the order in which it submitted them.
 */
@ProviderType
public interface SetQueue {

    /**
     * Takes in a set; when this returns, it is on the disk.
     *
     * @param request checked, all of it, as it will be drawn
     * @param output an absolute folder, which no other job has, and the place of a style card, absolute too
     * @param client who asks; the queue is fair among clients
     * @throws AtelierException that lists every fault of the request, one a line; {@code QUEUE_FULL} when too many wait;
     *     {@code PLUGIN_WITHDRAWN} while a plugin that it needs is being replaced
     */
    Job submit(SetRequest request, SetOutput output, String client);

    /** Those that wait or are being drawn, and the last of those that ended; in the order in which they were submitted. */
    List<Job> jobs();

    /** @throws AtelierException {@code JOB_NOT_FOUND} */
    Job job(String id);

    /**
     * Ends a job: at once if it waits, at the next pass of the network if it is being drawn. A second time, or for one
     * that has ended, nothing changes.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Job cancel(String id);

    /**
     * Puts a job that failed, was cancelled or was set aside back into the queue; drawing goes on where it ended. For
     * one that waits, is being drawn or is complete nothing changes.
     *
     * @throws AtelierException {@code JOB_NOT_FOUND}; {@code QUEUE_FULL}
     */
    Job resume(String id);

    /**
     * Tells a listener how the job is now, then of every change until it is closed. A listener that throws is told
     * nothing more.
     *
     * @return ends the telling
     * @throws AtelierException {@code JOB_NOT_FOUND}
     */
    Following follow(String id, JobListener listener);

    /** A listener that is told of a job. */
    interface Following extends AutoCloseable {

        /** No call of the listener begins after this has returned. */
        @Override
        void close();
    }
}
