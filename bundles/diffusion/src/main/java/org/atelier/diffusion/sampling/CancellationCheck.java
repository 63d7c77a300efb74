package org.atelier.diffusion.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Ends a generation that its listener wants ended. */
public final class CancellationCheck {

    private CancellationCheck() {}

    /**
     * @param when for the message: "at step 3"
     * @throws AtelierException {@code CANCELLED} if the listener says so
     */
    public static void throwIf(GenerationListener listener, String when) {
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "The set was cancelled " + when + ".");
        }
    }
}
