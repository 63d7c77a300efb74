package org.atelier.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop running commands. */
public final class Cancellation {

    private final CountDownLatch requested = new CountDownLatch(1);
    private int running;

    /** Whether commands should stop; polled between forward passes. */
    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits for the request. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** @return whether it was requested within the time */
    public boolean await(long milliseconds) throws InterruptedException {
        return requested.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    public synchronized void began() {
        running++;
    }

    public synchronized void ended() {
        running--;
        notifyAll();
    }

    /**
     * Requests that running commands stop, and waits for them.
     *
     * @return whether they stopped in time
     */
    public synchronized boolean request(Duration timeout) throws InterruptedException {
        requested.countDown();
        long deadline = System.nanoTime() + timeout.toNanos();
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
