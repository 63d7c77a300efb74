package org.atelier.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** Tells on standard error how a set goes on: sentences, and on a terminal a bar. */
final class Narrator implements SetListener, AutoCloseable {

    private static final int WIDTH = 96;
    private static final int REFRESH_MILLISECONDS = 200;

    private final Terminal terminal;
    private final Cancellation cancellation;
    private ProgressBar bar;

    Narrator(Terminal terminal, Cancellation cancellation) {
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public void started(SetRequest resolved) {
        int count = resolved.prompts().size();
        terminal.err()
                .println("Drawing %d %s with %s, %s, attention %s, %d steps, seed %d."
                        .formatted(
                                count,
                                count == 1 ? "picture" : "pictures",
                                resolved.model(),
                                resolved.sampler(),
                                resolved.attention(),
                                resolved.steps(),
                                resolved.seed()));
    }

    @Override
    public void noted(String sentence) {
        Paragraph.lines(sentence, WIDTH).forEach(terminal.err()::println);
    }

    @Override
    public void progressed(Progress progress) {
        if (terminal.interactive() && progress.phase() == Progress.Phase.DRAWING) {
            if (bar == null) {
                bar = bar(progress.total());
            }
            bar.stepTo(progress.done());
            if (progress.done() == progress.total()) {
                close();
            }
        }
    }

    @Override
    public boolean cancelled() {
        return cancellation.requested();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private ProgressBar bar(int total) {
        return new ProgressBarBuilder()
                .setTaskName("Drawing")
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
                .build();
    }
}
