package org.atelier.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Parent of the evaluation commands. */
@Command(
        name = "evaluate",
        header = "Generates sets, compares them by metrics and writes a report.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier evaluate COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  atelier evaluate ablation --style \"stained glass\""})
final class EvaluateCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
