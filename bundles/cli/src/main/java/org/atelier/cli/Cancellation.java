package org.atelier.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that the running command end soon. */
final class Cancellation {

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean requested;

    /** Asked between the passes of the network. */
    boolean requested() {
        return requested;
    }

    void began() {
        running = true;
    }

    void ended() {
        ended.countDown();
    }

    /**
     * Asks the running command to end, if there is one, and waits for it.
     *
     * @return whether it ended in time
     */
    boolean request(Duration patience) throws InterruptedException {
        requested = true;
        return !running || ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
