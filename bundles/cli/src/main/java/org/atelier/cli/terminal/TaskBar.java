package org.atelier.cli.terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.atelier.text.ControlCharacters;

/** A progress bar on standard error for one task after another; disabled if standard error is not a terminal. */
final class TaskBar implements AutoCloseable {

    private static final int REFRESH_MILLISECONDS = 200;

    private final Terminal terminal;
    private final String unit;
    private final long unitSize;
    private String task;
    private ProgressBar bar;

    /**
     * @param unit printed after the numbers, including a leading space; may be empty
     * @param unitSize the amount of progress in one unit
     */
    TaskBar(Terminal terminal, String unit, long unitSize) {
        this.terminal = terminal;
        this.unit = unit;
        this.unitSize = unitSize;
    }

    /** Shows the progress of a task. Closes the bar of a previous task, and the task's own bar when it is done. */
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

    /** Closes the bar; the next task gets a new one, even under the same name. */
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
                .setTaskName(ControlCharacters.shown(task))
                .setInitialMax(total)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.rawErr(), terminal.errWidth()))
                .build();
    }
}
