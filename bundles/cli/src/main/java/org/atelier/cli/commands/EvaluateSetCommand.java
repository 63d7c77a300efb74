package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.Faults;
import org.atelier.api.evaluation.MeasuringRequest;
import org.atelier.api.evaluation.SetEvaluator;
import org.atelier.api.metric.MeasuringListener;
import org.atelier.cli.options.MeasuredOptions;
import org.atelier.cli.options.MetricOptions;
import org.atelier.cli.reports.MeasurementReport;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures images that exist. */
@Command(
        name = "set",
        header = "Measures a set, or any images: how alike they are, how close to references, how well they show their"
                + " prompts.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier evaluate set [OPTIONS] FOLDER|FILE...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  atelier evaluate set spring --metric clip --metric dino",
            "  atelier evaluate set a.png b.png --prompt \"a house\" --prompt \"a fish\" --reference tile.png=0.7"
                    + " --reference wall.png=0.3"
        })
final class EvaluateSetCommand implements Callable<Integer> {

    private final SetEvaluator evaluator;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(
            paramLabel = "FOLDER|FILE",
            arity = "1..*",
            description = "The folder of a set, any folder of images, or PNG, JPEG and WebP images.")
    private List<Path> files = List.of();

    @ArgGroup(validate = false, heading = "%nImages:%n")
    private MeasuredOptions images = new MeasuredOptions();

    @ArgGroup(validate = false, heading = "%nMetrics:%n")
    private MetricOptions metrics = new MetricOptions();

    @Option(
            names = "--pull",
            description = "Downloads missing models of the metrics given by --metric; without this option nothing is"
                    + " downloaded.")
    private boolean pull;

    @Option(names = "--json", description = "Prints the figures as JSON, and nothing else on standard output.")
    private boolean json;

    EvaluateSetCommand(SetEvaluator evaluator, Models models, Terminal terminal, Cancellation cancellation) {
        this.evaluator = evaluator;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        Faults faults = new Faults();
        MeasuringRequest request = new MeasuringRequest(
                files.stream().map(terminal.folder()::resolve).toList(),
                images.prompts(),
                images.references(terminal.folder()),
                metrics.selections(faults));
        faults.throwIfAny();
        if (pull) {
            models.ensure(models.required().ofMetrics(request.metrics()), terminal, cancellation);
        }
        MeasurementReport report = new MeasurementReport(evaluator.measure(request, listener()));
        if (json) {
            report.printMetrics(terminal.err());
            report.printJson(terminal.out());
        } else {
            report.printTable(terminal);
            report.printMetrics(terminal.out());
        }
        return ExitCode.DONE;
    }

    private MeasuringListener listener() {
        return new MeasuringListener() {
            @Override
            public void noted(String sentence) {
                terminal.printNote(sentence);
            }

            @Override
            public boolean cancelled() {
                return cancellation.requested();
            }
        };
    }
}
