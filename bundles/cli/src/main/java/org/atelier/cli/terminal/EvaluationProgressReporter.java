package org.atelier.cli.terminal;

import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetRequest;

/** Tells on standard error how an evaluation goes on; of each set one line, and on a terminal a bar. */
public final class EvaluationProgressReporter implements EvaluationListener, AutoCloseable {

    private final Terminal terminal;
    private final ProgressReporter narrator;

    public EvaluationProgressReporter(Terminal terminal, Cancellation cancellation) {
        this.terminal = terminal;
        this.narrator = new ProgressReporter(terminal, cancellation);
    }

    @Override
    public void resolved(AblationRequest request) {
        SetRequest set = request.set();
        terminal.err()
                .println("Comparing sets of %d pictures with %s, %s, %d steps, first seed %d."
                        .formatted(
                                set.items().size(),
                                set.model(),
                                set.sampling().sampler(),
                                set.sampling().steps(),
                                set.seed()));
    }

    @Override
    public void began(String variant, int number, int total) {
        terminal.err().println("Set %d of %d: %s.".formatted(number, total, variant));
    }

    @Override
    public void measuring() {
        terminal.err().println("Measuring.");
    }

    @Override
    public void noted(String sentence) {
        narrator.noted(sentence);
    }

    @Override
    public void progressed(Progress progress) {
        narrator.progressed(progress);
    }

    @Override
    public boolean cancelled() {
        return narrator.cancelled();
    }

    @Override
    public void close() {
        narrator.close();
    }
}
