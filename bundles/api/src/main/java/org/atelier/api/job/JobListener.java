package org.atelier.api.job;

import org.atelier.api.set.Preview;
import org.osgi.annotation.versioning.ConsumerType;

/** Follows a job; called on one thread at a time, which draws nothing until the call returns. */
@ConsumerType
public interface JobListener {

    /** It is now so: a state, a place in the queue, progress, a note or a picture has changed. */
    void changed(Job job);

    /** After each step, for each picture: what it is going to be, as far as can be told. */
    default void previewed(Preview preview) {}
}
