package org.atelier.api.job;

import org.atelier.api.set.Preview;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives the changes of a job. It is called by one thread at a time, never by the generation thread, so a slow
 * listener delays nothing. Changes that occur during a call are merged into one later call: a slow listener receives
 * fewer calls, but always the final state.
 */
@ConsumerType
public interface JobListener {

    /** The state, position, progress, notes or images have changed. */
    void changed(Job job);

    /**
     * Whether it receives previews. The generation thread decodes each preview, so the next one is made only after the
     * listener has returned from the previous one.
     */
    default boolean wantsPreviews() {
        return false;
    }

    /** A preview of an image, already decoded. */
    default void previewed(Preview preview) {}
}
