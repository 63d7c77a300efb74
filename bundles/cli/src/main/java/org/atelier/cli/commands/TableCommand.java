package org.atelier.cli.commands;

import java.nio.file.Path;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.AttentionOptions;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Compares aligned sets with unaligned ones. */
@Command(
        name = "table",
        header = "Generates one set unaligned and one aligned, from the same noise, and measures how similar the images"
                + " of each set are and how well they show their prompts.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier evaluate table [OPTIONS] [PROMPT...]",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier evaluate table --prompts prompts.txt --seeds 4 --out table"})
final class TableCommand extends ExperimentCommand {

    @ArgGroup(validate = false, heading = "%nSampling:%n")
    private AttentionOptions sampling = new AttentionOptions();

    TableCommand(Evaluator evaluator, Models models, Terminal terminal, Cancellation cancellation) {
        super(Experiment.TABLE, evaluator, models, terminal, cancellation);
    }

    @Override
    void into(SetRequestBuilder request, Path folder, Faults faults) {
        sampling.into(request);
        sampling.strategyInto(request);
        sampling.optionsInto(request);
    }
}
