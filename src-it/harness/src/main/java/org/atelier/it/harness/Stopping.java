package org.atelier.it.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Something that makes a bundle stop, on a thread of its own; a piece of a test that runs inside a framework. */
public final class Stopping {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final FutureTask<Boolean> task;
    private final Thread thread;

    /** Begins at once. */
    public Stopping(Callable<?> stop) {
        this.task = new FutureTask<>(() -> {
            stop.call();
            return true;
        });
        this.thread = new Thread(task, "stop");
        thread.start();
    }

    /** Returns when it waits for a set or an evaluation. */
    public Stopping waits() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isInDrain()) {
            if (task.isDone() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the stop waits for nothing");
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

    /** Returns when it has stopped. */
    public void ends() throws Exception {
        task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
