package org.atelier.cli.terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.atelier.api.model.PullListener;
import org.atelier.text.ByteCount;

/** Tells on standard error how a pull or a verification goes on: sentences, and on a terminal a bar for each file. */
public final class PullProgressReporter implements PullListener, AutoCloseable {

    private static final int WIDTH = 96;
    private static final int REFRESH_MILLISECONDS = 200;
    private static final int COMMIT_DIGITS = 7;
    private static final long MEGABYTE = 1_000_000;

    private final String verb;
    private final Terminal terminal;
    private final Cancellation cancellation;
    private String file;
    private ProgressBar bar;

    /** @param verb such as "Fetching" */
    public PullProgressReporter(String verb, Terminal terminal, Cancellation cancellation) {
        this.verb = verb;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public void started(String repository, String commit, int files, long bytes) {
        String model = repository + " at " + commit.substring(0, COMMIT_DIGITS);
        noted(
                files == 0
                        ? "All that is needed of " + model + " is here."
                        : "%s %d %s of %s%s."
                                .formatted(
                                        verb,
                                        files,
                                        files == 1 ? "file" : "files",
                                        model,
                                        bytes == 0 ? "" : ", " + ByteCount.of(bytes)));
    }

    @Override
    public void progressed(String progressing, long done, long total) {
        if (!terminal.interactive()) {
            return;
        }
        if (!progressing.equals(file)) {
            close();
            file = progressing;
            bar = bar(progressing, total);
        }
        if (bar != null) {
            bar.stepTo(done);
            if (done == total) {
                close();
            }
        }
    }

    @Override
    public void noted(String sentence) {
        Paragraph.lines(sentence, WIDTH).forEach(terminal.err()::println);
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

    private ProgressBar bar(String name, long total) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
                .build();
    }
}
