package org.atelier.cli.terminal;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The working directory and the output streams of a command.
 *
 * @param folder the folder against which relative paths are resolved
 * @param out for results
 * @param outColumns the columns of the terminal on {@code out}; 0 if it is a file or a pipe
 * @param err for notes, progress and errors
 * @param errColumns the columns of the terminal on {@code err}; 0 if it is a file or a pipe
 */
public record Terminal(Path folder, PrintStream out, int outColumns, PrintStream err, int errColumns) {

    /** The longest readable line, however wide the terminal is. */
    private static final int MAX_LINE_WIDTH = 96;

    /** Whatever is printed to the streams has its control characters shown, for much of it was written by others. */
    public Terminal {
        out = visible(out);
        err = visible(err);
    }

    /** Prints an error message with a prefix on each line. */
    public void printError(String message) {
        message.lines().forEach(line -> err.println("atelier: " + line));
    }

    /** Prints text to {@code out}, wrapped between words. */
    public void print(String text) {
        Paragraph.lines(text, outWidth()).forEach(out::println);
    }

    /** Prints text to {@code err}, wrapped between words. */
    public void printNote(String text) {
        Paragraph.lines(text, errWidth()).forEach(err::println);
    }

    /** The maximum length of a line on {@code out}. */
    public int outWidth() {
        return width(outColumns);
    }

    int errWidth() {
        return width(errColumns);
    }

    /** Whether {@code err} is a terminal, which can show a progress bar. */
    boolean isInteractive() {
        return errColumns > 0;
    }

    /** {@code err} as it is, for what moves the cursor on purpose. */
    PrintStream rawErr() {
        return err instanceof VisibleControlStream visible ? visible.raw() : err;
    }

    private static PrintStream visible(PrintStream stream) {
        return stream instanceof VisibleControlStream ? stream : new VisibleControlStream(stream);
    }

    private static int width(int columns) {
        return columns == 0 ? MAX_LINE_WIDTH : Math.min(MAX_LINE_WIDTH, columns);
    }
}
