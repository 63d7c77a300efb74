package org.atelier.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be measured; its subcommands do the work. */
@Command(
        name = "evaluate",
        header = "Generates sets to compare them, and reports.",
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
