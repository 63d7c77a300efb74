package org.atelier.cli.terminal;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Where a command runs: the user's folder and the streams.
 *
 * @param folder to which relative paths refer
 * @param out results, for people and programs
 * @param err everything else
 * @param interactive whether {@code err} is a terminal that shows a moving bar
 */
public record Terminal(Path folder, PrintStream out, PrintStream err, boolean interactive) {

    /** Tells of a fault, one line for each line of the message. */
    public void complain(String message) {
        message.lines().forEach(line -> err.println("atelier: " + line));
    }
}
