package org.atelier.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Parent of the commands for jobs of a server. */
@Command(
        name = "jobs",
        header = "Lists, shows, cancels and resumes jobs of the running server.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Examples:", "  atelier jobs list", "  atelier jobs cancel k3m9x2ab"})
final class JobsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
