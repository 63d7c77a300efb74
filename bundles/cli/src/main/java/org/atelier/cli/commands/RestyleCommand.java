package org.atelier.cli.commands;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import org.atelier.api.AtelierException;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.Photos;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Redraws photos in the style of a reference. */
@Command(
        name = "restyle",
        header = "Redraws photos in the style of a reference, by style injection (StyleID).",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier restyle [OPTIONS] PHOTO... --reference FILE",
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
            "Short for generate --attention injection --steps 20 --content PHOTO..., with the same options. Examples:",
            "  atelier restyle street.jpg harbour.jpg --reference painting.png",
            "  atelier restyle street.jpg --reference painting.png --attention-option gamma=0.5"
        })
final class RestyleCommand extends LocalSetCommand {

    @Mixin
    private Photos photos;

    RestyleCommand(SetServices sets, Models models, Terminal terminal, Cancellation cancellation) {
        super(sets, models, terminal, cancellation);
    }

    @Override
    void describeImages(SetRequestBuilder request) {
        boolean hasContents = isGiven("--content");
        if (hasContents && !photos.isEmpty()) {
            throw new AtelierException(
                    INVALID_REQUEST, "The photos to restyle are its arguments; omit --content, or give all with it.");
        }
        if (!hasContents
                && photos.isEmpty()
                && request.build().references().contents().isEmpty()) {
            throw new AtelierException(INVALID_REQUEST, "There is no photo to restyle; give at least one.");
        }
        photos.into(request, folder());
    }
}
