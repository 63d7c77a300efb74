package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.Faults;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Generates a set on this machine. Subclasses say what its images show. */
abstract class LocalSetCommand implements Callable<Integer> {

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

    @Option(
            names = "--only",
            paramLabel = "IMAGES",
            description =
                    "Writes only these images of the set, such as 4-7 or 0,4-7 for 000.png and 004.png to 007.png:"
                            + " a slice. 'atelier assemble' joins slices to the whole set.")
    private ImageSelection only;

    @Mixin
    private RequestOptions options;

    LocalSetCommand(SetServices sets, Models models, Terminal terminal, Cancellation cancellation) {
        this.sets = sets;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    /** Sets what the images show. */
    abstract void describeImages(SetRequestBuilder request);

    /** The folder against which relative names are resolved. */
    final Path folder() {
        return terminal.folder();
    }

    /** Whether an option or positional parameter is given. */
    final boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    @Override
    public final Integer call() {
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
                    .print(request, unusedInDryRun(), options.output().quiet());
            return ExitCode.DONE;
        }
        return report(generate(
                request,
                new SetOutput(
                        options.output().folder(terminal.folder()),
                        options.card().saved(terminal.folder()),
                        only)));
    }

    private List<String> unusedInDryRun() {
        return Stream.concat(Stream.of("--only").filter(any -> only != null), options.outputOptions().stream())
                .toList();
    }

    /** Returns the request; one error lists the faults of the options and those of the request that they make. */
    private SetRequest request() {
        Faults faults = new Faults();
        SetRequest request = options.request(
                this::describeImages,
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
            if (output.only() != null) {
                terminal.err().println("Only the images %s of the set are written.".formatted(output.only()));
            }
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
