package org.atelier.cli.worker;

import com.google.gson.JsonElement;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.atelier.api.set.Progress;
import org.atelier.api.set.Progress.Phase;
import org.atelier.api.set.SetListener;
import org.atelier.cli.terminal.Cancellation;

/** Reports the steps of a command at most twice a second. Notes go to standard error. */
final class WorkerProgress implements SetListener {

    private static final Set<Phase> REPORTED = Set.of(Phase.INVERTING, Phase.GENERATING);
    private static final long INTERVAL_NANOSECONDS = 500_000_000;

    private final JsonElement id;
    private final WorkerOutput output;
    private final PrintStream notes;
    private final Cancellation cancellation;
    private final LongSupplier clock;
    private long last;

    /** @param clock nanoseconds, such as {@link System#nanoTime} */
    WorkerProgress(
            JsonElement id, WorkerOutput output, PrintStream notes, Cancellation cancellation, LongSupplier clock) {
        this.id = id;
        this.output = output;
        this.notes = notes;
        this.cancellation = cancellation;
        this.clock = clock;
        this.last = clock.getAsLong() - INTERVAL_NANOSECONDS;
    }

    @Override
    public void noted(String sentence) {
        notes.println(sentence);
    }

    @Override
    public void progressed(Progress progress) {
        long now = clock.getAsLong();
        if (REPORTED.contains(progress.phase()) && now - last >= INTERVAL_NANOSECONDS) {
            last = now;
            output.progress(id, progress.phase().name().toLowerCase(Locale.ROOT), progress.done(), progress.total());
        }
    }

    @Override
    public boolean cancelled() {
        return cancellation.requested();
    }
}
