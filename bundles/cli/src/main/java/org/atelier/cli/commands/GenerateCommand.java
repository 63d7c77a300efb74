package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Faults;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.options.RequestOptions;
import org.atelier.cli.reports.SetReport;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.ProgressReporter;
import org.atelier.cli.terminal.QuietListener;
import org.atelier.cli.terminal.ShellWord;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

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
final class GenerateCommand implements Callable<Integer> {

    private static final Set<String> ALLOWED_WITH_RESUME = Set.of("--resume", "--json", "--quiet");

    private final SetServices sets;
    private final Terminal terminal;
    private final Cancellation cancellation;
    private final Models models;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Resumes the interrupted set in this folder; only --json and --quiet may be combined with it.")
    private Path resume;

    @Mixin
    private RequestOptions options;

    GenerateCommand(SetServices sets, Models models, Terminal terminal, Cancellation cancellation) {
        this.sets = sets;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        if (resume != null) {
            refuseOtherOptions();
            Path folder = terminal.folder().resolve(resume);
            return report(withListener(listener -> sets.studio().resume(folder, listener)));
        }
        SetRequest request = request();
        if (options.pull()) {
            models.ensureFor(request, terminal, cancellation);
        }
        if (options.output().dryRun()) {
            new DryRun(sets, terminal)
                    .print(request, options.outputOptions(), options.output().quiet());
            return ExitCode.DONE;
        }
        return report(generate(
                request,
                new SetOutput(
                        options.output().folder(terminal.folder()),
                        options.card().saved(terminal.folder()))));
    }

    /** Returns the request; one error lists the faults of the options and those of the request that they make. */
    private SetRequest request() {
        Faults faults = new Faults();
        SetRequest request = options.request(
                sets.format(),
                sets.cards(),
                sets.kinds(),
                sets.presets(),
                terminal.folder(),
                terminal.err()::println,
                faults);
        if (!faults.isEmpty()) {
            try {
                sets.studio().resolve(request);
            } catch (AtelierException e) {
                faults.add(e);
            }
        }
        faults.throwIfAny();
        return request;
    }

    private int report(GeneratedSet set) {
        new SetReport(set)
                .print(terminal.out(), options.output().json(), options.output().quiet());
        return ExitCode.DONE;
    }

    private GeneratedSet generate(SetRequest request, SetOutput output) {
        if (!options.output().quiet()) {
            options.describeStrength(request, sets.presets()).ifPresent(terminal.err()::println);
        }
        boolean hadSet = sets.studio().hasSet(output.folder());
        try {
            return withListener(listener -> sets.studio().generate(request, output, listener));
        } catch (AtelierException e) {
            if (!hadSet && sets.studio().hasSet(output.folder())) {
                throw new AtelierException(e.code(), e.getMessage() + "\n" + resumeHint(output.folder()), e);
            }
            throw e;
        }
    }

    private static String resumeHint(Path folder) {
        return "Finished images are kept; resume the set with: atelier generate --resume "
                + ShellWord.of(folder.toAbsolutePath().normalize().toString());
    }

    private GeneratedSet withListener(Function<SetListener, GeneratedSet> work) {
        if (options.output().quiet()) {
            return work.apply(new QuietListener(cancellation));
        }
        try (ProgressReporter reporter = new ProgressReporter(terminal, cancellation)) {
            return work.apply(reporter);
        }
    }

    /** A resumed set uses the request in its journal, so other options would have no effect. */
    private void refuseOtherOptions() {
        ParseResult given = command.commandLine().getParseResult();
        boolean others =
                given.matchedOptions().stream().anyMatch(option -> !ALLOWED_WITH_RESUME.contains(option.longestName()));
        if (others || given.hasMatchedPositional(0)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "--resume continues a set with its original request: combine it only with --json and --quiet.");
        }
    }
}
