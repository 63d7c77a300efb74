package org.atelier.api.job;

import org.atelier.api.set.Preview;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Follows a job; called by one thread at a time, never by the one that draws, so that it may take its time and delays
 * nobody. What happens while it is busy is delivered once afterwards, as it then is: a slow listener is called
 * less often, and always how the job ended.
 */
@ConsumerType
public interface JobListener {

    /** It is now so: a state, a place in the queue, progress, a note or a picture has changed. */
    void changed(Job job);

    /**
     * Whether it receives previews. Each costs the drawing thread the decoding of a picture, so one is made only when
     * the listener is done with the one before.
     */
    default boolean wantsPreviews() {
        return false;
    }

    /** What a picture is going to be, as far as can be told; its image is decoded already. */
    default void previewed(Preview preview) {}
}
