package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.Faults;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.atelier.cli.options.ImageSize;
import org.atelier.cli.options.KindOptions;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the conditioning image of a ControlNet. */
@Command(
        name = "preprocess",
        header = "Preprocesses an image for a ControlNet and writes the result; generates no images.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier preprocess KIND FILE --out FILE [OPTIONS]",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier preprocess canny drawing.png --out edges.png --size 128x128"})
final class PreprocessCommand implements Callable<Integer> {

    private final Studio studio;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(index = "0", paramLabel = "KIND", description = "The preprocessor: canny, depth or picture.")
    private String kind;

    @Parameters(index = "1", paramLabel = "FILE", description = "A PNG, JPEG or WebP image.")
    private String file;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "The PNG to write; must not exist.")
    private Path out;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = ImageSize.Converter.class,
            description = "The size of the images to generate. Default: the size of the input image.")
    private ImageSize size;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|DIR|FILE",
            description = "The model that will use the result; it decides the preprocessor's default model. Default:"
                    + " ${bundle:default.model}.")
    private String model;

    @Option(
            names = "--control-option",
            paramLabel = "KIND.NAME=VALUE",
            description = "An option of the preprocessor; repeatable. An unknown name lists the available ones.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--pull",
            description =
                    "Downloads the preprocessor's model if it is missing; without this option nothing is downloaded.")
    private boolean pull;

    PreprocessCommand(Studio studio, Models models, Terminal terminal, Cancellation cancellation) {
        this.studio = studio;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        Faults faults = new Faults();
        Map<String, Object> own = KindOptions.byKind("--control-option", options, List.of(kind), faults)
                .getOrDefault(kind, Map.of());
        faults.throwIfAny();
        Path folder = terminal.folder().toAbsolutePath().normalize();
        Path written = folder.resolve(out).normalize();
        ControlInput control = ControlInput.of(
                        kind, folder.resolve(file).normalize().toString())
                .withOptions(own);
        String base = model == null ? SetRequest.builder().build().model() : model;
        if (pull) {
            models.ensure(models.required().ofPreprocessing(base, control), terminal, cancellation);
        }
        studio.preprocess(
                base, control, size == null ? null : size.width(), size == null ? null : size.height(), written);
        terminal.out().println(written);
        return ExitCode.DONE;
    }
}
