package org.atelier.hub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;

/** Waits, but not for a user who wants to stop. */
class Patience {

    private static final long GLANCE_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(50);

    /** @throws AtelierException CANCELLED */
    void wait(Duration duration, PullListener listener) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            stopIfCancelled(listener);
            LockSupport.parkNanos(GLANCE_NANOSECONDS);
        }
        stopIfCancelled(listener);
    }

    /** @throws AtelierException CANCELLED */
    static void stopIfCancelled(PullListener listener) {
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "Cancelled; what is here stays.");
        }
    }
}
