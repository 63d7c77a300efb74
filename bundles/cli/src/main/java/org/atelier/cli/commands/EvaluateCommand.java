package org.atelier.cli.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Parent of the evaluation commands. */
@Command(
        name = "evaluate",
        header = "Measures images, and compares ways to generate them, by metrics.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier evaluate COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  atelier evaluate ablation --style \"stained glass\"",
            "  atelier evaluate table --prompts prompts.txt --seeds 4",
            "  atelier evaluate blends --reference a.png --reference b.png",
            "  atelier evaluate set spring --metric clip --metric dino"
        })
final class EvaluateCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
