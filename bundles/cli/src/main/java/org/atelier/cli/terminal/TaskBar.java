package org.atelier.cli.terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A moving bar on standard error, of one task after another; nothing where that is no terminal. */
final class TaskBar implements AutoCloseable {

    private static final int REFRESH_MILLISECONDS = 200;

    private final Terminal terminal;
    private final String unit;
    private final long unitSize;
    private String task;
    private ProgressBar bar;

    /**
     * @param unit behind the numbers, with the space before it; may be empty
     * @param unitSize what makes one of it
     */
    TaskBar(Terminal terminal, String unit, long unitSize) {
        this.terminal = terminal;
        this.unit = unit;
        this.unitSize = unitSize;
    }

    /** Shows how far a task is. The bar of another one ends, and so does its own when all is done. */
    void show(String current, long done, long total) {
        if (!terminal.isInteractive()) {
            return;
        }
        if (!current.equals(task)) {
            close();
            task = current;
            bar = bar(total);
        }
        if (bar != null) {
            bar.stepTo(done);
            if (done == total) {
                end();
            }
        }
    }

    /** Ends the bar; the next task has another, whatever it is called. */
    @Override
    public void close() {
        end();
        task = null;
    }

    private void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private ProgressBar bar(long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), terminal.errWidth()))
                .build();
    }
}
