package org.atelier.api.context;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives the progress of reading an input; called on the reading thread. */
@ConsumerType
public interface ReadingListener {

    /**
     * A part of the input has been read.
     *
     * @param fraction of the whole, 0 to 1
     */
    default void progressed(double fraction) {}

    /** Whether to cancel; checked between two passes of a network. */
    default boolean cancelled() {
        return false;
    }
}
