package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.cli.reports.ModelList;
import org.atelier.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists models. */
@Command(
        name = "list",
        header = "Lists the models that are here, and the names of those that can be fetched.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models list [--json]")
final class ListCommand implements Callable<Integer> {

    private final ModelList list;

    @Option(names = "--json", description = "Prints JSON, of those that are here.")
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
