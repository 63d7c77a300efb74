package org.atelier.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command; its subcommands do the work. */
@Command(
        name = "atelier",
        header = "Generates sets of images in one style.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  atelier generate \"a house\" \"a fish\" --style \"stained glass\""})
final class AtelierCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
