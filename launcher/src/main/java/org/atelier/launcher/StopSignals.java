package org.atelier.launcher;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * Stops Atelier on SIGINT, SIGTERM and SIGHUP, and only then lets the JVM shut down. The JVM would do both at once: ONNX Runtime
 * closes its environment in a shutdown hook of its own, under the graphs that still run, and no native library can be loaded any
 * more. What a set does meanwhile would fail for a reason that has nothing to do with it.
 */
final class StopSignals {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    /** The exit code of a process that a signal ends, less the number of the signal. */
    private static final int BASE = 128;

    /** Stops everything and returns when all has stopped. */
    interface Stop {
        void run() throws InterruptedException;
    }

    private final Stop stop;
    private final IntConsumer exit;
    private final AtomicReference<Signal> received = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param exit ends the process with a code */
    StopSignals(Stop stop, IntConsumer exit) {
        this.stop = stop;
        this.exit = exit;
    }

    /** Handles the signals from now on, except those that the parent of this process has it ignore. */
    void handle() {
        for (String name : NAMES) {
            try {
                Signal.handle(new Signal(name), this::receive);
            } catch (IllegalArgumentException e) {
                // The platform has no such signal, or the JVM was started with -Xrs.
            }
        }
    }

    /** Only the first signal counts: the stop that it begins is bounded in time. */
    private void receive(Signal signal) {
        if (received.compareAndSet(null, signal)) {
            try {
                stop.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                stopped.countDown();
                exit.accept(BASE + signal.getNumber());
            }
        }
    }

    boolean isReceived() {
        return received.get() != null;
    }

    /**
     * Returns the exit code of the process: that of the signal if one was received, after everything has stopped.
     *
     * @param code the exit code without a signal
     */
    int exitCode(int code) {
        Signal signal = received.get();
        if (signal == null) {
            return code;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return BASE + signal.getNumber();
    }
}
