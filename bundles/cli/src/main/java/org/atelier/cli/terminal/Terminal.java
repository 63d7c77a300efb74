package org.atelier.cli.terminal;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Where a command runs: the user's folder and the streams.
 *
 * @param folder to which relative paths refer
 * @param out results, for people and programs
 * @param outColumns how wide the terminal is that {@code out} is shown on; 0 if it is none, but a file or a pipe
 * @param err everything else
 * @param errColumns the same of {@code err}
 */
public record Terminal(Path folder, PrintStream out, int outColumns, PrintStream err, int errColumns) {

    /** What is comfortable to read, however wide a terminal is. */
    private static final int LONGEST_LINE = 96;

    /** Tells of a fault, one line for each line of the message. */
    public void complain(String message) {
        message.lines().forEach(line -> err.println("atelier: " + line));
    }

    /** Prints text among the results, broken between words. */
    public void print(String text) {
        Paragraph.lines(text, outWidth()).forEach(out::println);
    }

    /** Prints text beside the results, broken between words. */
    public void tell(String text) {
        Paragraph.lines(text, errWidth()).forEach(err::println);
    }

    /** How long a line of text among the results may be. */
    public int outWidth() {
        return width(outColumns);
    }

    int errWidth() {
        return width(errColumns);
    }

    /** Whether {@code err} shows a moving bar. */
    boolean isInteractive() {
        return errColumns > 0;
    }

    private static int width(int columns) {
        return columns == 0 ? LONGEST_LINE : Math.min(LONGEST_LINE, columns);
    }
}
