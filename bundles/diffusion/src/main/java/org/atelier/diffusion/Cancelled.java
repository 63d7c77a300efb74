package org.atelier.diffusion;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Ends a drawing that its listener wants ended. */
final class Cancelled {

    private Cancelled() {}

    /**
     * @param when for the message: "at step 3"
     * @throws AtelierException {@code CANCELLED} if the listener says so
     */
    static void throwIf(DrawingListener listener, String when) {
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "The set was cancelled " + when + ".");
        }
    }
}
