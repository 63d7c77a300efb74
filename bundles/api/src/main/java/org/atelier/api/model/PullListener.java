package org.atelier.api.model;

import org.osgi.annotation.versioning.ConsumerType;

/** Follows a pull or a verification; called on the thread that does it. */
@ConsumerType
public interface PullListener {

    /**
     * What is to be done is known.
     *
     * @param repository {@code org/name}
     * @param commit 40 hexadecimal digits
     * @param files how many there are
     * @param bytes of all of them
     */
    default void started(String repository, String commit, int files, long bytes) {}

    /**
     * Some of a file is here.
     *
     * @param file its path in the repository
     * @param done bytes, {@code total} at its end
     * @param total bytes
     */
    default void progressed(String file, long done, long total) {}

    /** A sentence that the user should know, such as that a file comes anew. */
    default void noted(String sentence) {}

    /** Whether to stop; asked every few kilobytes. */
    default boolean cancelled() {
        return false;
    }
}
