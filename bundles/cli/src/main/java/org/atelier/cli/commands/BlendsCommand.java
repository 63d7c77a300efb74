package org.atelier.cli.commands;

import java.nio.file.Path;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.AttentionOptions;
import org.atelier.cli.options.ComparedReferences;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Compares the blends of two references. */
@Command(
        name = "blends",
        header = "Generates a set with each of two references alone, and with every installed blend of them at weights"
                + " of 0.1 to 0.9, from the same noise, and measures how well each blend keeps the weights.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier evaluate blends --reference FILE --reference FILE [OPTIONS] [PROMPT...]",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier evaluate blends --reference a.png --reference b.png --out blends"})
final class BlendsCommand extends ExperimentCommand {

    @ArgGroup(validate = false, heading = "%nReferences:%n")
    private ComparedReferences references = new ComparedReferences();

    @ArgGroup(validate = false, heading = "%nSampling:%n")
    private AttentionOptions sampling = new AttentionOptions();

    BlendsCommand(Evaluator evaluator, Models models, Terminal terminal, Cancellation cancellation) {
        super(Experiment.BLENDS, evaluator, models, terminal, cancellation);
    }

    @Override
    void into(SetRequestBuilder request, Path folder, Faults faults) {
        references.into(request, folder, faults);
        sampling.into(request);
        sampling.strategyInto(request);
        sampling.optionsInto(request);
    }
}
