package org.atelier.diffusion.sampling;

import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/** Stops a generation that its listener cancels. */
public final class CancellationCheck {

    private CancellationCheck() {}

    /**
     * @param when completes the message, such as "at step 3"
     * @throws AtelierException {@code CANCELLED} if the listener cancels
     */
    public static void throwIf(GenerationListener listener, String when) {
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "The set was cancelled " + when + ".");
        }
    }
}
