package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.cli.reports.ModelList;
import org.atelier.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists models. */
@Command(
        name = "list",
        header = "Lists installed models, and the names of models that can be downloaded.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models list [--json]")
final class ListCommand implements Callable<Integer> {

    private final ModelList list;

    @Option(names = "--json", description = "Prints the installed models as JSON.")
    private boolean json;

    ListCommand(ModelList list) {
        this.list = list;
    }

    @Override
    public Integer call() {
        list.print(json);
        return ExitCode.DONE;
    }
}
