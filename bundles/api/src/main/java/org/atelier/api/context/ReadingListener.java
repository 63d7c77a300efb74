package org.atelier.api.context;

import org.osgi.annotation.versioning.ConsumerType;

/** Follows the reading of an input; called on the thread that reads. */
@ConsumerType
public interface ReadingListener {

    /**
     * Some of the input is read.
     *
     * @param fraction of the whole, 0 to 1
     */
    default void read(double fraction) {}

    /** Whether to stop; asked between two passes of a network. */
    default boolean cancelled() {
        return false;
    }
}
