package org.atelier.api.metric;

import static org.atelier.api.AtelierException.Code.CANCELLED;

import org.atelier.api.AtelierException;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives the notes of a measurement, and lets it be cancelled; called on the measuring thread. */
@ConsumerType
public interface MeasuringListener {

    /** Information for the user in one sentence, such as that there are too few images for the value to mean much. */
    default void noted(String sentence) {}

    /** Whether to cancel; checked at least once per image. */
    default boolean cancelled() {
        return false;
    }

    /**
     * Throws an exception if the measurement is cancelled.
     *
     * @throws AtelierException {@code CANCELLED}
     */
    default void throwIfCancelled() {
        if (cancelled()) {
            throw new AtelierException(CANCELLED, "The evaluation was cancelled while measuring.");
        }
    }
}
