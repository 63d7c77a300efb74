package org.atelier.cli.terminal;

import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.set.ForwardingListener;
import org.atelier.api.set.SetRequest;

/** Reports the progress of an evaluation on standard error: one line for each set and, on a terminal, a progress bar. */
public final class EvaluationProgressReporter extends ForwardingListener implements EvaluationListener, AutoCloseable {

    private final Terminal terminal;
    private final ProgressReporter sets;

    public EvaluationProgressReporter(Terminal terminal, Cancellation cancellation) {
        this(terminal, new ProgressReporter(terminal, cancellation));
    }

    private EvaluationProgressReporter(Terminal terminal, ProgressReporter sets) {
        super(sets);
        this.terminal = terminal;
        this.sets = sets;
    }

    @Override
    public void resolved(EvaluationRequest request) {
        SetRequest set = request.set();
        terminal.err()
                .println("Comparing sets of %d images with %s, %s, %d steps, first seed %d."
                        .formatted(
                                set.items().size(),
                                set.model(),
                                set.sampling().sampler(),
                                set.sampling().steps(),
                                set.seed()));
    }

    @Override
    public void setStarted(String variant, int number, int total) {
        terminal.err().println("Set %d of %d: %s.".formatted(number, total, variant));
    }

    @Override
    public void measuringStarted() {
        terminal.err().println("Measuring.");
    }

    /** Prints nothing, as {@link #resolved} prints what all sets have in common. */
    @Override
    public void started(SetRequest resolved) {}

    @Override
    public void close() {
        sets.close();
    }
}
