package org.atelier.api.job;

import org.osgi.annotation.versioning.ProviderType;

/** Tells of every change of which jobs a {@link SetQueue} has and in which states they are. */
@ProviderType
public interface QueueChanges {

    /**
     * Calls a listener after a job was accepted, started, has ended, was put back into the queue, or was removed from the
     * history; not for progress. The listener is called by one thread at a time, never by the generation thread. Changes
     * that occur during a call are merged into one later call. A listener that throws is not called again.
     *
     * @param listener reads {@link SetQueue#jobs}
     * @return to be closed to end the calls
     */
    SetQueue.Subscription subscribe(Runnable listener);
}
