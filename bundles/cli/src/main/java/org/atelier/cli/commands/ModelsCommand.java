package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.cli.reports.ModelList;
import org.atelier.cli.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists installed models and describes them. */
@Command(
        name = "models",
        header = "Lists installed models or describes one; downloads, verifies and inspects models.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = {"atelier models [--json] [NAME]", "       atelier models COMMAND [OPTIONS]"},
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  atelier models sketchbook",
            "  atelier models pull whisper-small",
            "  atelier models inspect dreamshaper.safetensors"
        })
final class ModelsCommand implements Callable<Integer> {

    private final ModelList list;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The model to describe, with its vocabulary.")
    private String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    ModelsCommand(ModelList list) {
        this.list = list;
    }

    @Override
    public Integer call() {
        if (name == null) {
            list.print(json);
        } else {
            list.print(name, json);
        }
        return ExitCode.DONE;
    }
}
