package org.atelier.api.metric;

import static org.atelier.api.AtelierException.Code.CANCELLED;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/** Follows a measurement; called on the thread that measures. */
@ConsumerType
public interface MeasuringListener {

    /** Whether to stop; asked at least once an image. */
    default boolean cancelled() {
        return false;
    }

    /**
     * Ends the measurement if it is to stop.
     *
     * @throws AtelierException {@code CANCELLED}
     */
    default void throwIfCancelled() {
        if (cancelled()) {
            throw new AtelierException(CANCELLED, "Cancelled while the sets were measured; they are all generated.");
        }
    }
}
