package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.Faults;
import org.atelier.api.explain.Explainer;
import org.atelier.api.explain.Explanation;
import org.atelier.api.explain.ExplanationListener;
import org.atelier.api.explain.ExplanationRequest;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.options.ExplainOptions;
import org.atelier.cli.options.Prompts;
import org.atelier.cli.options.RequestOptions;
import org.atelier.cli.reports.ExplanationReport;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.ExplanationProgressReporter;
import org.atelier.cli.terminal.ShellWord;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Explains the method on a set of the user. */
@Command(
        name = "explain",
        header = "Generates a set, records what its attention does, and writes a page that explains the method on it.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier explain [OPTIONS] PROMPT...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  atelier explain \"a house\" \"a fish\" --style \"stained glass\" --out method",
            "  atelier explain \"a fish\" --reference tile.png --reference-prompt \"a lighthouse, stained glass\""
                    + " --word fish --point 0.1,0.9"
        })
final class ExplainCommand implements Callable<Integer> {

    private final Explainer explainer;
    private final SetServices sets;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Prompts prompts;

    @Mixin
    private ExplainOptions explained = new ExplainOptions();

    @Mixin
    private RequestOptions options;

    ExplainCommand(Explainer explainer, SetServices sets, Models models, Terminal terminal, Cancellation cancellation) {
        this.explainer = explainer;
        this.sets = sets;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        for (String option : List.of("--dry-run", "--save-style")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), option + " has no meaning for an explanation; use it with generate.");
            }
        }
        ExplanationRequest request = request();
        if (options.pull()) {
            models.ensureFor(request.set(), terminal, cancellation);
        }
        ExplanationReport report = new ExplanationReport(explain(request));
        if (options.output().json()) {
            report.printJson(terminal.out());
        } else {
            report.printFile(terminal.out());
        }
        return ExitCode.DONE;
    }

    private ExplanationRequest request() {
        Faults faults = new Faults();
        SetRequest set = options.request(
                prompts::into,
                sets.format(),
                sets.cards(),
                sets.kinds(),
                sets.presets(),
                terminal.folder(),
                terminal.err()::println,
                faults);
        faults.throwIfAny();
        return new ExplanationRequest(set, explained.words(), explained.points(), command());
    }

    /** The command line without the output folder. */
    private String command() {
        List<String> words = new ArrayList<>(List.of("atelier"));
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--out") || argument.equals("-o")) {
                i++;
            } else if (!argument.startsWith("--out=") && !argument.startsWith("-o=")) {
                words.add(ShellWord.of(argument));
            }
        }
        return String.join(" ", words);
    }

    private Explanation explain(ExplanationRequest request) {
        Path folder = options.output().folder(terminal.folder(), "explain");
        if (options.output().quiet()) {
            return explainer.explain(request, folder, new ExplanationListener() {
                @Override
                public boolean cancelled() {
                    return cancellation.requested();
                }
            });
        }
        try (ExplanationProgressReporter reporter = new ExplanationProgressReporter(terminal, cancellation)) {
            return explainer.explain(request, folder, reporter);
        }
    }
}
