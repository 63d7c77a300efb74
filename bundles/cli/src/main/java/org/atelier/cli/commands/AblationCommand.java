package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.AblationRequest;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.ImageOptions;
import org.atelier.cli.options.MachineOptions;
import org.atelier.cli.options.MetricOptions;
import org.atelier.cli.options.ReportOptions;
import org.atelier.cli.options.SamplingOptions;
import org.atelier.cli.reports.EvaluationReport;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.EvaluationProgressReporter;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
final class AblationCommand implements Callable<Integer> {

    private final Evaluator evaluator;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "The prompts of every set. Default: eight objects that sketchbook knows.")
    private List<String> prompts = List.of();

    @ArgGroup(validate = false, heading = "%nImages:%n")
    private ImageOptions images = new ImageOptions();

    @Option(
            names = "--seeds",
            paramLabel = "COUNT",
            description = "Number of sets per variant to average over, each from different noise. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int seeds = 1;

    @ArgGroup(validate = false, heading = "%nSampling:%n")
    private SamplingOptions sampling = new SamplingOptions();

    @ArgGroup(validate = false, heading = "%nMetrics:%n")
    private MetricOptions metrics = new MetricOptions();

    @ArgGroup(validate = false, heading = "%nExecution:%n")
    private MachineOptions machine = new MachineOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n")
    private ReportOptions output = new ReportOptions();

    AblationCommand(Evaluator evaluator, Models models, Terminal terminal, Cancellation cancellation) {
        this.evaluator = evaluator;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        if (!images.hasStyle()) {
            throw new ParameterException(
                    spec.commandLine(), "--style is missing; give the style of all images (\"\" for none).");
        }
        Evaluation evaluation = ablate();
        EvaluationReport report = new EvaluationReport(evaluation);
        if (output.json()) {
            report.printJson(terminal.out());
            return ExitCode.DONE;
        }
        if (!output.quiet()) {
            report.printTable(terminal);
        }
        report.printFile(terminal.out());
        return ExitCode.DONE;
    }

    private Evaluation ablate() {
        Faults faults = new Faults();
        AblationRequest request = new AblationRequest(set(faults), seeds, metrics.selections(faults));
        faults.throwIfAny();
        if (images.pull()) {
            models.ensureFor(request.set(), terminal, cancellation);
            models.ensure(models.required().ofMetrics(request.metrics()), terminal, cancellation);
        }
        Path folder = output.folder(terminal.folder());
        if (output.quiet()) {
            return evaluator.ablate(request, folder, new EvaluationListener() {
                @Override
                public boolean cancelled() {
                    return cancellation.requested();
                }
            });
        }
        try (EvaluationProgressReporter reporter = new EvaluationProgressReporter(terminal, cancellation)) {
            return evaluator.ablate(request, folder, reporter);
        }
    }

    private SetRequest set(Faults faults) {
        SetRequestBuilder request = SetRequest.builder().prompts(prompts);
        images.into(request, faults);
        sampling.into(request);
        machine.into(request);
        return request.build();
    }
}
