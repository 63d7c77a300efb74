package org.atelier.api.metric;

import org.osgi.annotation.versioning.ConsumerType;

/** Follows a measurement; called on the thread that measures. */
@ConsumerType
public interface MeasuringListener {

    /** Whether to stop; asked at least once a picture. */
    default boolean cancelled() {
        return false;
    }
}
