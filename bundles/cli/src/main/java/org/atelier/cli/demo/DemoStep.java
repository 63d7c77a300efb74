package org.atelier.cli.demo;

import java.util.List;
import java.util.stream.Collectors;
import org.atelier.cli.terminal.ShellWord;

/**
 * A command of the demonstration.
 *
 * @param title what it shows
 * @param text a sentence for the reader
 * @param arguments those of {@code atelier}; file names are relative to the folder of the demonstration
 * @param sets the generated sets, in the order in which they are shown
 */
record DemoStep(String title, String text, List<String> arguments, List<ShownSet> sets) {

    /**
     * A set of images.
     *
     * @param label is empty for the only set of a command
     * @param folder has {@code set.json}; relative to the folder of the demonstration
     */
    record ShownSet(String label, String folder) {}

    /** The command as it is typed in the folder of the demonstration. */
    String command() {
        return arguments.stream().map(ShellWord::of).collect(Collectors.joining(" ", "atelier ", ""));
    }

    /** The files of the included inputs that the command reads, relative to the folder of the demonstration. */
    List<String> inputs() {
        return arguments.stream()
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .filter(name -> name.startsWith(DemoSteps.INPUTS + "/"))
                .distinct()
                .toList();
    }

    /** Whether the command prints text that is worth reading. */
    boolean printsText() {
        return !arguments.get(0).equals("generate");
    }
}
