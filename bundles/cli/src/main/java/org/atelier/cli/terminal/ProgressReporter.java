package org.atelier.cli.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** Tells on standard error how a set goes on: sentences, and on a terminal a bar. */
public final class ProgressReporter implements SetListener, AutoCloseable {

    private static final int WIDTH = 96;
    private static final int REFRESH_MILLISECONDS = 200;

    /** The phases that take long enough for a bar of their own. */
    private static final Map<Progress.Phase, String> BARS = Map.of(
            Progress.Phase.LISTENING,
            "Listening",
            Progress.Phase.INVERTING,
            "Inverting",
            Progress.Phase.DRAWING,
            "Drawing");

    private final Terminal terminal;
    private final Cancellation cancellation;
    private ProgressBar bar;
    private Progress.Phase phase;

    public ProgressReporter(Terminal terminal, Cancellation cancellation) {
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public void started(SetRequest resolved) {
        int count = resolved.items().size();
        terminal.err()
                .println("Drawing %d %s with %s, %s, attention %s, %d steps, seed %d."
                        .formatted(
                                count,
                                count == 1 ? "picture" : "pictures",
                                resolved.model(),
                                resolved.sampling().sampler(),
                                resolved.sharing().attention(),
                                resolved.sampling().steps(),
                                resolved.seed()));
        if (!resolved.references().isEmpty()) {
            tellOfReferences(resolved);
        }
    }

    /** What the style comes from, and what that changes of the defaults. */
    private void tellOfReferences(SetRequest resolved) {
        String names = resolved.references().images().stream()
                .map(reference ->
                        "%s (%.2f)".formatted(Path.of(reference.file()).getFileName(), reference.weight()))
                .collect(Collectors.joining(", "));
        noted("In the style of %s: inverted in %d steps with CFG %s, offset %d; drawn with CFG %s, %s."
                .formatted(
                        names,
                        resolved.inversion().steps(),
                        resolved.inversion().cfgScale(),
                        resolved.inversion().offset(),
                        resolved.sampling().cfgScale(),
                        options(resolved)));
    }

    private static String options(SetRequest resolved) {
        return resolved.sharing().attentionOptions().entrySet().stream()
                .map(option -> option.getKey() + "=" + inWords(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String inWords(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(" ", "(", ")"))
                : value.toString();
    }

    @Override
    public void noted(String sentence) {
        Paragraph.lines(sentence, WIDTH).forEach(terminal.err()::println);
    }

    @Override
    public void progressed(Progress progress) {
        String name = BARS.get(progress.phase());
        if (progress.phase() != phase) {
            close();
            phase = progress.phase();
        }
        if (terminal.interactive() && name != null) {
            if (bar == null) {
                bar = bar(name, progress.total());
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

    private ProgressBar bar(String name, int total) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
                .build();
    }
}
