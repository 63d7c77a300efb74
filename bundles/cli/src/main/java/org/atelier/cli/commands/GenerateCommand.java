package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
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
        header = "Generates a set of images, one for each prompt, in one style.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier generate [OPTIONS] PROMPT...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The set is generated.",
            "1:Something unexpected happened; the log says what.",
            "2:The request, an option or an input file is wrong.",
            "3:The model is missing, incomplete, damaged or of an unknown kind.",
            "4:The images cannot be written.",
            "5:The memory, the device, the engine or a plugin failed.",
            "6:A service on the network, such as the hub of models, does not answer.",
            "130:Cancelled; what is made stays, and --resume continues it."
        },
        footer = {
            "",
            "Examples:",
            "  atelier generate \"a house\" \"a fish\" \"a rocket\" \"a castle\" --style \"stained glass\"",
            "  atelier generate \"a fish\" \"a cup\" --reference tile.png"
                    + " --reference-prompt \"a lighthouse, stained glass\"",
            "  atelier generate \"a castle\" \"a boat\" --control canny=drawing.png --control-scale 0.8",
            "  atelier generate --request spring.yaml",
            "  atelier generate \"a house\" \"a fish\" --style \"stained glass\" --place \"Bergen,NO\"",
            "  atelier generate \"a fish\" \"a cup\" --style \"pop art\" --save-style pop.style",
            "  atelier generate \"a boat\" --style-card pop.style",
            "  atelier generate --resume atelier-20261121-101500",
            "  atelier generate --request atelier-20261121-101500/set.json --sampler euler --out again",
            "  atelier generate -m ./stable-diffusion-xl-base-1.0 --dtype bfloat16 \"a lighthouse\" \"a boat\""
        })
final class GenerateCommand implements Callable<Integer> {

    private static final Set<String> BESIDE_RESUME = Set.of("--resume", "--json", "--quiet");

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
                    "Goes on with the set that was interrupted in this folder; takes no other option but --json and"
                            + " --quiet.")
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
            return report(listening(listener -> sets.studio().resume(folder, listener)));
        }
        SetRequest request = options.request(
                sets.format(), sets.cards(), sets.kinds(), sets.presets(), terminal.folder(), terminal.err()::println);
        if (options.pull()) {
            models.ensureFor(request, terminal, cancellation);
        }
        if (options.output().dryRun()) {
            terminal.out().print(sets.format().write(sets.studio().resolve(request)));
            return ExitCode.DONE;
        }
        return report(generate(
                request,
                new SetOutput(
                        options.output().folder(terminal.folder()),
                        options.card().saved(terminal.folder()))));
    }

    private int report(GeneratedSet set) {
        new SetReport(set)
                .print(terminal.out(), options.output().json(), options.output().quiet());
        return ExitCode.DONE;
    }

    private GeneratedSet generate(SetRequest request, SetOutput place) {
        if (!options.output().quiet()) {
            options.strengthInWords(request, sets.presets()).ifPresent(terminal.err()::println);
        }
        boolean setBefore = sets.studio().hasSet(place.folder());
        try {
            return listening(listener -> sets.studio().generate(request, place, listener));
        } catch (AtelierException e) {
            if (!setBefore && sets.studio().hasSet(place.folder())) {
                throw new AtelierException(e.code(), e.getMessage() + "\n" + remedy(place.folder()), e);
            }
            throw e;
        }
    }

    private static String remedy(Path folder) {
        return "What is made so far is kept; resume it with: atelier generate --resume "
                + ShellWord.of(folder.toAbsolutePath().normalize().toString());
    }

    private GeneratedSet listening(Function<SetListener, GeneratedSet> work) {
        if (options.output().quiet()) {
            return work.apply(new QuietListener(cancellation));
        }
        try (ProgressReporter narrator = new ProgressReporter(terminal, cancellation)) {
            return work.apply(narrator);
        }
    }

    /** What was begun stands: the set's own journal says what is generated. */
    private void refuseOtherOptions() {
        ParseResult given = command.commandLine().getParseResult();
        boolean others =
                given.matchedOptions().stream().anyMatch(option -> !BESIDE_RESUME.contains(option.longestName()));
        if (others || given.hasMatchedPositional(0)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "A set continues as it was begun: give --resume alone, or with --json or --quiet.");
        }
    }
}
