package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.api.model.ModelFiles;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the folder of a model. */
@Command(
        name = "path",
        header = "Prints the folder of an installed model, or its file if it is a single one.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models path NAME")
final class PathCommand implements Callable<Integer> {

    private final ModelFiles files;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "The model.")
    private String name;

    PathCommand(ModelFiles files, Terminal terminal) {
        this.files = files;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println(files.folder(name));
        return ExitCode.DONE;
    }
}
