package org.atelier.cli;

import java.time.Duration;

/** The wish that running commands end soon. */
final class Cancellation {

    private volatile boolean requested;
    private int running;

    /** Asked between the passes of the network. */
    boolean requested() {
        return requested;
    }

    synchronized void began() {
        running++;
    }

    synchronized void ended() {
        running--;
        notifyAll();
    }

    /**
     * Asks running commands to end and waits for them.
     *
     * @return whether they ended in time
     */
    synchronized boolean request(Duration patience) throws InterruptedException {
        requested = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (running > 0) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
