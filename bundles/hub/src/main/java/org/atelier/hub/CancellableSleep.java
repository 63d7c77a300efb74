package org.atelier.hub;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.model.PullListener;

/** Sleeps until a duration has passed or the user cancels. */
class CancellableSleep {

    private static final long POLL_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(50);

    /** @throws AtelierException CANCELLED */
    void sleep(Duration duration, PullListener listener) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            throwIfCancelled(listener);
            LockSupport.parkNanos(POLL_NANOSECONDS);
        }
        throwIfCancelled(listener);
    }

    /** @throws AtelierException CANCELLED */
    static void throwIfCancelled(PullListener listener) {
        if (listener.cancelled()) {
            throw new AtelierException(Code.CANCELLED, "Cancelled; downloaded files are kept.");
        }
    }
}
