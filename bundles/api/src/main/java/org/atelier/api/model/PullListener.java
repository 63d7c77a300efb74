package org.atelier.api.model;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives the progress of a download or a verification; called on the thread that performs it. */
@ConsumerType
public interface PullListener {

    /**
     * The files to process are known.
     *
     * @param repository {@code org/name}
     * @param commit 40 hexadecimal digits
     * @param files number of files
     * @param bytes their total size
     */
    default void started(String repository, String commit, int files, long bytes) {}

    /**
     * A part of a file has been processed.
     *
     * @param file its path in the repository
     * @param done bytes processed, {@code total} at the end
     * @param total size in bytes
     */
    default void progressed(String file, long done, long total) {}

    /** Information for the user in one sentence, such as that a file is downloaded again. */
    default void noted(String sentence) {}

    /** Whether to cancel; checked every few kilobytes. */
    default boolean cancelled() {
        return false;
    }
}
