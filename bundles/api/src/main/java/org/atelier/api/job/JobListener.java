package org.atelier.api.job;

import org.atelier.api.set.Preview;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Follows a job; called by one thread at a time, never by the one that generates, so that it may take its time and delays
 * nobody. What happens while it is busy is delivered once afterwards, as it then is: a slow listener is called
 * less often, and always how the job ended.
 */
@ConsumerType
public interface JobListener {

    /** It is now so: a state, a place in the queue, progress, a note or an image has changed. */
    void changed(Job job);

    /**
     * Whether it receives previews. Each costs the generation thread the decoding of an image, so one is made only when
     * the listener is done with the one before.
     */
    default boolean wantsPreviews() {
        return false;
    }

    /** What an image is going to be, as far as can be told; its image is decoded already. */
    default void previewed(Preview preview) {}
}
