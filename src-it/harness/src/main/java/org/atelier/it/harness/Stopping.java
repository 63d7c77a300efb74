package org.atelier.it.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Stops a bundle on its own thread. Runs inside the framework under test. */
public final class Stopping {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final FutureTask<Boolean> task;
    private final Thread thread;

    /** Starts stopping at once. */
    public Stopping(Callable<?> stop) {
        this.task = new FutureTask<>(() -> {
            stop.call();
            return true;
        });
        this.thread = new Thread(task, "stop");
        thread.start();
    }

    /** Waits until the stop is blocked by a set or an evaluation. */
    public Stopping waits() {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isInDrain()) {
            if (task.isDone() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the stop does not wait");
            }
            Thread.onSpinWait();
        }
        return this;
    }

    private boolean isInDrain() {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("wait")) {
                return true;
            }
        }
        return false;
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** Waits until the stop has completed. */
    public void ends() throws Exception {
        task.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
