package org.atelier.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.set.DrawnSet;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
import org.atelier.api.set.Studio;
import org.atelier.api.set.StyleCards;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Draws a set. */
@Command(
        name = "generate",
        header = "Draws a set of pictures, one for each prompt, in one style.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier generate [OPTIONS] PROMPT...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The set is drawn.",
            "1:Something unexpected happened; the log says what.",
            "2:The request, an option or an input file is wrong.",
            "3:The model is missing, incomplete, damaged or of an unknown kind.",
            "4:The pictures cannot be written.",
            "5:The memory, the device, the engine or a plugin failed.",
            "6:A service on the network, such as the hub of models, does not answer.",
            "130:Cancelled; what is made stays, and --resume goes on with it."
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

    private final Studio studio;
    private final RequestFormat format;
    private final StyleCards cards;
    private final ContextKinds kinds;
    private final Terminal terminal;
    private final Cancellation cancellation;
    private final Models models;

    @Spec
    private CommandSpec command;

    @Mixin
    private Prompts prompts;

    @ArgGroup(validate = false, heading = "%nThe pictures:%n")
    private PictureOptions pictures = new PictureOptions();

    @ArgGroup(validate = false, heading = "%nHow they are drawn:%n")
    private DrawingOptions drawing = new DrawingOptions();

    @ArgGroup(validate = false, heading = "%nThe style, from pictures:%n")
    private ReferenceOptions references = new ReferenceOptions();

    @ArgGroup(validate = false, heading = "%nThe style, kept for later sets:%n")
    private CardOptions card = new CardOptions();

    @ArgGroup(validate = false, heading = "%nWords from pictures, voices, music and places:%n")
    private ContextsOfSet contexts = new ContextsOfSet();

    @ArgGroup(validate = false, heading = "%nThe shapes, from pictures:%n")
    private ControlOptions controls = new ControlOptions();

    @ArgGroup(validate = false, heading = "%nThe machine:%n")
    private MachineOptions machine = new MachineOptions();

    @ArgGroup(validate = false, heading = "%nThe files and the terminal:%n")
    private OutputOptions output = new OutputOptions();

    GenerateCommand(
            Studio studio,
            RequestFormat format,
            StyleCards cards,
            ContextKinds kinds,
            Models models,
            Terminal terminal,
            Cancellation cancellation) {
        this.studio = studio;
        this.format = format;
        this.cards = cards;
        this.kinds = kinds;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        Optional<Path> resumed = output.resumed(terminal.folder());
        if (resumed.isPresent()) {
            refuseOtherOptions();
            return report(listening(listener -> studio.resume(resumed.get(), listener)));
        }
        SetRequest request = request();
        if (pictures.pull()) {
            models.ensureFor(request, terminal, cancellation);
        }
        if (output.dryRun()) {
            terminal.out().print(format.write(studio.resolve(request)));
            return ExitCode.DONE;
        }
        return report(draw(request, new SetOutput(output.folder(terminal.folder()), card.saved(terminal.folder()))));
    }

    private int report(DrawnSet set) {
        SetReport report = new SetReport(set);
        if (output.json()) {
            report.printJson(terminal.out());
            return ExitCode.DONE;
        }
        if (!output.quiet()) {
            report.printFiles(terminal.out());
        }
        report.printFolder(terminal.out());
        return ExitCode.DONE;
    }

    private DrawnSet draw(SetRequest request, SetOutput place) {
        if (!output.quiet()) {
            references.strengthInWords(!request.references().isEmpty()).ifPresent(terminal.err()::println);
        }
        boolean begunBefore = studio.hasBegun(place.folder());
        try {
            return listening(listener -> studio.draw(request, place, listener));
        } catch (AtelierException e) {
            if (!begunBefore && studio.hasBegun(place.folder())) {
                throw new AtelierException(e.code(), e.getMessage() + "\n" + remedy(place.folder()), e);
            }
            throw e;
        }
    }

    private static String remedy(Path folder) {
        return "What is made so far is kept; go on with it by: atelier generate --resume "
                + ShellWord.of(folder.toAbsolutePath().normalize().toString());
    }

    private DrawnSet listening(Function<SetListener, DrawnSet> work) {
        if (output.quiet()) {
            return work.apply(new QuietListener(cancellation));
        }
        try (Narrator narrator = new Narrator(terminal, cancellation)) {
            return work.apply(narrator);
        }
    }

    /** What was begun stands: the set's own journal says what is drawn. */
    private void refuseOtherOptions() {
        ParseResult given = command.commandLine().getParseResult();
        boolean options =
                given.matchedOptions().stream().anyMatch(option -> !BESIDE_RESUME.contains(option.longestName()));
        if (options || given.hasMatchedPositional(0)) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "A set goes on as it was begun: give --resume alone, or with --json or --quiet.");
        }
    }

    /** What the card or the file says, if there is one, and over it what the command line says. */
    private SetRequest request() {
        Optional<Path> file = output.request(terminal.folder());
        SetRequest earlier = card.hand(cards, terminal.folder(), file.isPresent())
                .or(() -> file.map(format::read))
                .orElseGet(() -> SetRequest.builder().build());
        SetRequestBuilder builder = earlier.but().items(earlier.openItems());
        prompts.into(builder);
        pictures.into(builder);
        references.into(builder, earlier.references(), terminal.folder());
        contexts.into(builder, earlier, terminal.folder(), kinds);
        controls.into(builder, earlier, terminal.folder());
        drawing.into(builder, references);
        machine.into(builder);
        output.into(builder);
        SetRequest request = builder.build();
        if (!output.quiet() && request.card() == null && keepsWhatPicturesWouldChange(earlier, request)) {
            terminal.err()
                    .println("The request was settled without references: its guidance and attention options are kept."
                            + " Give --cfg-scale and --strength for those of a set from pictures.");
        }
        return request;
    }

    /** A settled value does not say whether the user or a default chose it, so it stays. */
    private static boolean keepsWhatPicturesWouldChange(SetRequest earlier, SetRequest request) {
        return earlier.references().isEmpty()
                && !request.references().isEmpty()
                && earlier.cfgScale() != null
                && earlier.cfgScale().equals(request.cfgScale());
    }
}
