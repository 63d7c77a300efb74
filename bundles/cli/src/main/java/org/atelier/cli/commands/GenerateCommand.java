package org.atelier.cli.commands;

import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.Prompts;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Generates a set. */
@Command(
        name = "generate",
        header = "Generates a set of images in one style, one image per prompt.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier generate [OPTIONS] PROMPT...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The set was generated.",
            "1:Unexpected error; see the log.",
            "2:The request, an option or an input file is invalid.",
            "3:The model is missing, incomplete, damaged or of an unsupported kind.",
            "4:The output cannot be written.",
            "5:Out of memory, or the device, the engine or a plugin failed.",
            "6:A network service, such as the model hub, does not answer.",
            "130:Cancelled; finished images are kept, and --resume continues the set."
        },
        footer = {
            "",
            "Examples:",
            "  atelier generate \"a house\" \"a fish\" \"a rocket\" \"a castle\" --style \"stained glass\"",
            "  atelier generate \"a fish\" \"a cup\" --reference tile.png"
                    + " --reference-prompt \"a lighthouse, stained glass\"",
            "  atelier generate \"a castle\" \"a boat\" --control canny=drawing.png --control-scale 0.8",
            "  atelier generate --request spring.yaml",
            "  atelier generate \"a house\" \"a fish\" --style \"stained glass\" --output \"Bergen,NO\"",
            "  atelier generate \"a fish\" \"a cup\" --style \"pop art\" --save-style pop.style",
            "  atelier generate \"a boat\" --style-card pop.style",
            "  atelier generate --resume atelier-20261121-101500",
            "  atelier generate --request atelier-20261121-101500/set.json --sampler euler --out again",
            "  atelier generate -m ./stable-diffusion-xl-base-1.0 --dtype bfloat16 \"a lighthouse\" \"a boat\""
        })
final class GenerateCommand extends LocalSetCommand {

    @Mixin
    private Prompts prompts;

    GenerateCommand(SetServices sets, Models models, Terminal terminal, Cancellation cancellation) {
        super(sets, models, terminal, cancellation);
    }

    @Override
    void describeImages(SetRequestBuilder request) {
        prompts.into(request);
    }
}
