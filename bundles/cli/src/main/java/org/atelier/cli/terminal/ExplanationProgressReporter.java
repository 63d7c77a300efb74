package org.atelier.cli.terminal;

import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.SetRequest;

/** Reports the progress of an explanation on standard error: one line for each set and, on a terminal, a progress bar. */
public final class ExplanationProgressReporter extends ForwardingListener
        implements ExplanationListener, AutoCloseable {

    private final Terminal terminal;
    private final ProgressReporter sets;

    public ExplanationProgressReporter(Terminal terminal, Cancellation cancellation) {
        this(terminal, new ProgressReporter(terminal, cancellation));
    }

    private ExplanationProgressReporter(Terminal terminal, ProgressReporter sets) {
        super(sets);
        this.terminal = terminal;
        this.sets = sets;
    }

    @Override
    public void resolved(SetRequest set) {
        terminal.err()
                .println("Explaining a set of %d images with %s, %s, %d steps, seed %d."
                        .formatted(
                                set.items().size(),
                                set.model(),
                                set.sampling().sampler(),
                                set.sampling().steps(),
                                set.seed()));
    }

    @Override
    public void setStarted(String title, int number, int total) {
        terminal.err().println("Set %d of %d: %s.".formatted(number, total, title));
    }

    /** Prints nothing, as {@link #resolved} prints what all sets have in common. */
    @Override
    public void started(SetRequest resolved) {}

    @Override
    public void close() {
        sets.close();
    }
}
