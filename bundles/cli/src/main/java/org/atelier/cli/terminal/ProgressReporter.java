package org.atelier.cli.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.api.set.Inversion;
import org.atelier.api.set.InversionMethod;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;

/** Reports the progress of a set on standard error: notes and, on a terminal, a progress bar. */
public final class ProgressReporter implements SetListener, AutoCloseable {

    /** The phases that have a progress bar, as they take long. */
    private static final Map<Progress.Phase, String> BARS = Map.of(
            Progress.Phase.READING_CONTEXTS,
            "Reading audio",
            Progress.Phase.INVERTING,
            "Inverting",
            Progress.Phase.GENERATING,
            "Generating");

    private final Terminal terminal;
    private final Cancellation cancellation;
    private final TaskBar bar;

    public ProgressReporter(Terminal terminal, Cancellation cancellation) {
        this.terminal = terminal;
        this.cancellation = cancellation;
        this.bar = new TaskBar(terminal, "", 1);
    }

    @Override
    public void started(SetRequest resolved) {
        int count = resolved.items().size();
        terminal.err()
                .println("Generating %d %s with %s, %s, attention %s, %d steps, seed %d."
                        .formatted(
                                count,
                                count == 1 ? "image" : "images",
                                resolved.model(),
                                resolved.sampling().sampler(),
                                resolved.sharing().attention(),
                                resolved.sampling().steps(),
                                resolved.seed()));
        if (!resolved.references().isEmpty()) {
            noteReferences(resolved);
        }
    }

    /** Prints the references and the settings whose defaults depend on them. */
    private void noteReferences(SetRequest resolved) {
        String names = resolved.references().images().stream()
                .map(reference ->
                        "%s (%.2f)".formatted(Path.of(reference.file()).getFileName(), reference.weight()))
                .collect(Collectors.joining(", "));
        noted("In the style of %s: %s; generated with CFG %s, %s."
                .formatted(
                        names,
                        inversion(resolved.inversion()),
                        resolved.sampling().cfgScale(),
                        options(resolved)));
    }

    private static String inversion(Inversion inversion) {
        return inversion.method() == InversionMethod.NOISE
                ? "with added noise"
                : "inverted in %d steps with CFG %s, offset %d"
                        .formatted(inversion.steps(), inversion.cfgScale(), inversion.offset());
    }

    private static String options(SetRequest resolved) {
        return resolved.sharing().attentionOptions().entrySet().stream()
                .map(option -> option.getKey() + "=" + formatted(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String formatted(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(" ", "(", ")"))
                : value.toString();
    }

    @Override
    public void noted(String sentence) {
        terminal.printNote(sentence);
    }

    @Override
    public void progressed(Progress progress) {
        String name = BARS.get(progress.phase());
        if (name == null) {
            bar.close();
        } else {
            bar.show(name, progress.done(), progress.total());
        }
    }

    @Override
    public boolean cancelled() {
        return cancellation.requested();
    }

    @Override
    public void close() {
        bar.close();
    }
}
