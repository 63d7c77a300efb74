package org.atelier.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/** The start of a bundle on a thread of its own: it may never end, and the framework locks the bundle until then. */
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
     * Waits until the start ends.
     *
     * @throws ExecutionException with the exception of the start
     * @throws TimeoutException if it takes longer; the start is interrupted, which ends most starts that wait
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

    /** Waits without a limit until the start ends. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** Whether the start exceeded its time limit and is still running. */
    boolean isLate() {
        return late && isRunning();
    }

    /** Waits until the start ends or exceeds its time limit. @return whether it exceeded the limit and is still running */
    boolean awaitSettledAndLate() throws InterruptedException {
        settled.await();
        return isLate();
    }

    /** Interrupts the start. @return whether it is still running after the given time */
    boolean survivesInterrupt(long milliseconds) throws InterruptedException {
        thread.interrupt();
        thread.join(milliseconds);
        return thread.isAlive();
    }
}
