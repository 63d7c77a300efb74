package org.atelier.api.batch;

import org.atelier.api.set.SetListener;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives the progress of a batch and of its sets, and may cancel it; called on the generation thread. */
@ConsumerType
public interface BatchListener extends SetListener {

    /**
     * All sets are resolved.
     *
     * @param total number of sets
     * @param complete number of sets that an earlier run has completed, and which are skipped
     */
    default void resolved(int total, int complete) {}

    /**
     * A set begins, or continues.
     *
     * @param number of the set in the batch, from 1
     * @param total number of sets
     */
    default void setStarted(String name, int number, int total) {}

    /** The set that was started is complete or has failed. */
    default void setEnded(BatchOutcome outcome) {}
}
