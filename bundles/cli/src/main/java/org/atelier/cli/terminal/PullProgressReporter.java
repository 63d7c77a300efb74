package org.atelier.cli.terminal;

import org.atelier.api.model.PullListener;
import org.atelier.text.ByteCount;

/** Reports the progress of a download or a verification on standard error: notes and, on a terminal, a progress bar for each file. */
public final class PullProgressReporter implements PullListener, AutoCloseable {

    private static final int COMMIT_DIGITS = 7;
    private static final long MEGABYTE = 1_000_000;

    private final String verb;
    private final Terminal terminal;
    private final Cancellation cancellation;
    private final TaskBar bar;

    /** @param verb such as "Downloading" */
    public PullProgressReporter(String verb, Terminal terminal, Cancellation cancellation) {
        this.verb = verb;
        this.terminal = terminal;
        this.cancellation = cancellation;
        this.bar = new TaskBar(terminal, " MB", MEGABYTE);
    }

    @Override
    public void started(String repository, String commit, int files, long bytes) {
        String model = repository + " at " + commit.substring(0, COMMIT_DIGITS);
        noted(
                files == 0
                        ? "All required files of " + model + " are present."
                        : "%s %d %s of %s%s."
                                .formatted(
                                        verb,
                                        files,
                                        files == 1 ? "file" : "files",
                                        model,
                                        bytes == 0 ? "" : ", " + ByteCount.of(bytes)));
    }

    @Override
    public void progressed(String file, long done, long total) {
        bar.show(file, done, total);
    }

    @Override
    public void noted(String sentence) {
        terminal.printNote(sentence);
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
