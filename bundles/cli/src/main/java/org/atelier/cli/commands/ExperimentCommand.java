package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.Evaluation;
import org.atelier.api.evaluation.EvaluationListener;
import org.atelier.api.evaluation.EvaluationRequest;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.evaluation.Experiment;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.cli.options.ImageOptions;
import org.atelier.cli.options.MachineOptions;
import org.atelier.cli.options.MetricOptions;
import org.atelier.cli.options.PromptList;
import org.atelier.cli.options.ReportOptions;
import org.atelier.cli.reports.EvaluationReport;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.EvaluationProgressReporter;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generates and compares the variants of an experiment. Subclasses say which, and what they have in common. */
abstract class ExperimentCommand implements Callable<Integer> {

    private final Experiment experiment;
    private final Evaluator evaluator;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Mixin
    private PromptList prompts = new PromptList();

    @ArgGroup(validate = false, heading = "%nImages:%n")
    private ImageOptions images = new ImageOptions();

    @Option(
            names = "--seeds",
            paramLabel = "COUNT",
            description = "Number of sets per variant to average over, each from different noise. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int seeds = 1;

    @ArgGroup(validate = false, heading = "%nMetrics:%n")
    private MetricOptions metrics = new MetricOptions();

    @ArgGroup(validate = false, heading = "%nExecution:%n")
    private MachineOptions machine = new MachineOptions();

    @ArgGroup(validate = false, heading = "%nOutput:%n")
    private ReportOptions output = new ReportOptions();

    ExperimentCommand(
            Experiment experiment, Evaluator evaluator, Models models, Terminal terminal, Cancellation cancellation) {
        this.experiment = experiment;
        this.evaluator = evaluator;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    /**
     * Sets what all variants have in common, besides prompts, images and machine.
     *
     * @param folder the folder against which relative names are resolved
     * @param faults collects options that do not go together
     */
    abstract void into(SetRequestBuilder request, Path folder, Faults faults);

    /** Whether {@code --style} is given; it may be empty. */
    final boolean hasStyle() {
        return images.hasStyle();
    }

    @Override
    public Integer call() {
        EvaluationReport report = new EvaluationReport(evaluate());
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

    private Evaluation evaluate() {
        Faults faults = new Faults();
        EvaluationRequest request = new EvaluationRequest(experiment, set(faults), seeds, metrics.selections(faults));
        faults.throwIfAny();
        if (images.pull()) {
            models.ensureFor(request.set(), terminal, cancellation);
            models.ensure(models.required().ofMetrics(request.metrics()), terminal, cancellation);
        }
        Path folder = output.folder(terminal.folder(), experiment.name().toLowerCase(Locale.ROOT));
        if (output.quiet()) {
            return evaluator.evaluate(request, folder, new EvaluationListener() {
                @Override
                public boolean cancelled() {
                    return cancellation.requested();
                }
            });
        }
        try (EvaluationProgressReporter reporter = new EvaluationProgressReporter(terminal, cancellation)) {
            return evaluator.evaluate(request, folder, reporter);
        }
    }

    private SetRequest set(Faults faults) {
        SetRequestBuilder request = SetRequest.builder().prompts(prompts.of(terminal.folder(), faults));
        images.into(request, faults);
        machine.into(request);
        into(request, terminal.folder(), faults);
        return request.build();
    }
}
