package org.atelier.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that running commands end soon. */
public final class Cancellation {

    private final CountDownLatch asked = new CountDownLatch(1);
    private int running;

    /** Asked between the passes of the network. */
    public boolean requested() {
        return asked.getCount() == 0;
    }

    /** Returns when it is asked. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** @return whether it was asked within that time */
    public boolean await(long milliseconds) throws InterruptedException {
        return asked.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    public synchronized void began() {
        running++;
    }

    public synchronized void ended() {
        running--;
        notifyAll();
    }

    /**
     * Asks running commands to end and waits for them.
     *
     * @return whether they ended in time
     */
    public synchronized boolean request(Duration patience) throws InterruptedException {
        asked.countDown();
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
