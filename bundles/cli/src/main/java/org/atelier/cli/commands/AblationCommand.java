package org.atelier.cli.commands;

import java.nio.file.Path;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.SamplingOptions;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the full method with its parts. */
@Command(
        name = "ablation",
        header = "Generates one set unaligned, with full attention sharing, without AdaIN and with the full"
                + " method, from the same noise, and measures how similar the images of each set are.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier evaluate ablation --style TEXT [OPTIONS] [PROMPT...]",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier evaluate ablation --style \"stained glass\" --seeds 4 --out ablation"})
final class AblationCommand extends ExperimentCommand {

    @Spec
    private CommandSpec spec;

    @ArgGroup(validate = false, heading = "%nSampling:%n")
    private SamplingOptions sampling = new SamplingOptions();

    AblationCommand(Evaluator evaluator, Models models, Terminal terminal, Cancellation cancellation) {
        super(Experiment.ABLATION, evaluator, models, terminal, cancellation);
    }

    @Override
    void into(SetRequestBuilder request, Path folder, Faults faults) {
        if (!hasStyle()) {
            throw new ParameterException(
                    spec.commandLine(), "--style is missing; give the style of all images (\"\" for none).");
        }
        sampling.into(request);
    }
}
