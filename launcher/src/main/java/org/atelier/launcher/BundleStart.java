package org.atelier.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/** The start of a bundle, on a thread of its own: it may never come to an end, and the framework holds the bundle until then. */
final class BundleStart {

    private final FutureTask<Void> start;
    private final Thread thread;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean late;

    BundleStart(Bundle bundle) {
        this.start = new FutureTask<>(() -> {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            return null;
        });
        this.thread = new Thread(start, "start of " + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for its end.
     *
     * @throws ExecutionException with what it threw
     * @throws TimeoutException if it takes longer; it is interrupted, which ends most that wait
     */
    void await(int seconds) throws ExecutionException, TimeoutException, InterruptedException {
        try {
            start.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            late = true;
            thread.interrupt();
            throw e;
        } finally {
            settled.countDown();
        }
    }

    /** However long it takes. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    boolean isUnderWay() {
        return thread.isAlive();
    }

    /** Whether it took too long, and goes on. */
    boolean isLate() {
        return late && isUnderWay();
    }

    /** Whether it takes too long; waits until that is known. */
    boolean turnsOutLate() throws InterruptedException {
        settled.await();
        return isLate();
    }

    /** Interrupts it. @return whether it goes on all the same, a while later */
    boolean outlives(long milliseconds) throws InterruptedException {
        thread.interrupt();
        thread.join(milliseconds);
        return thread.isAlive();
    }
}
