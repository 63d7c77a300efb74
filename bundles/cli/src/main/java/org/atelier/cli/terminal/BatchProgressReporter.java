package org.atelier.cli.terminal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.atelier.api.batch.BatchListener;
import org.atelier.api.batch.BatchOutcome;
import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.SetRequest;

/**
 * Reports the progress of a batch on standard error: one line for each set with the time left and, on a terminal, a progress
 * bar.
 */
public final class BatchProgressReporter extends ForwardingListener implements BatchListener, AutoCloseable {

    private final Terminal terminal;
    private final ProgressReporter sets;
    private final LongSupplier nanoTime;
    private final Set<String> notes = new HashSet<>();
    private int pending;
    private int ended;
    private long start;

    /** @param nanoTime the time in nanoseconds, from any origin */
    public BatchProgressReporter(Terminal terminal, Cancellation cancellation, LongSupplier nanoTime) {
        this(terminal, new ProgressReporter(terminal, cancellation), nanoTime);
    }

    private BatchProgressReporter(Terminal terminal, ProgressReporter sets, LongSupplier nanoTime) {
        super(sets);
        this.terminal = terminal;
        this.sets = sets;
        this.nanoTime = nanoTime;
    }

    @Override
    public void resolved(int total, int complete) {
        pending = total - complete;
        start = nanoTime.getAsLong();
        if (complete > 0) {
            terminal.err().println("%d of %d sets are complete already.".formatted(complete, total));
        }
    }

    @Override
    public void setStarted(String name, int number, int total) {
        terminal.err().println("Set %d of %d: %s%s".formatted(number, total, name, timeLeft()));
    }

    /** An estimate from the sets of this run so far. */
    private String timeLeft() {
        if (ended == 0) {
            return "";
        }
        double perSet = (double) (nanoTime.getAsLong() - start) / ended;
        Duration left = Duration.ofNanos(Math.round(perSet * (pending - ended)));
        long minutes = left.plusSeconds(30).toMinutes();
        if (minutes == 0) {
            return " (less than a minute left)";
        }
        return minutes < 60
                ? " (about %d min left)".formatted(minutes)
                : " (about %d h %d min left)".formatted(minutes / 60, minutes % 60);
    }

    @Override
    public void setEnded(BatchOutcome outcome) {
        ended++;
        if (outcome.isFailed()) {
            terminal.printError(outcome.name() + ": " + outcome.error());
        }
    }

    /** Prints nothing, since {@link #setStarted} has printed which set it is. */
    @Override
    public void started(SetRequest resolved) {}

    /** Prints a note of several sets once. */
    @Override
    public void noted(String sentence) {
        if (notes.add(sentence)) {
            super.noted(sentence);
        }
    }

    @Override
    public void close() {
        sets.close();
    }
}
