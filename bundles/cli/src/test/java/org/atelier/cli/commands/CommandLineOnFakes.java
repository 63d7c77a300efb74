package org.atelier.cli.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.health.Finding;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.model.InspectedModel;
import org.atelier.api.model.LoraInput;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.region.Region;
import org.atelier.api.set.ControlInput;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.ImageFile;
import org.atelier.api.set.Panorama;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.cli.services.BatchServices;
import org.atelier.cli.services.Browser;
import org.atelier.cli.services.CommandServices;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerCalls;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.services.WorkerServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;
import org.atelier.cli.worker.FakeSlices;

/** The command line of a user in {@code /home/user} with fakes of all services, and its output. */
public final class CommandLineOnFakes {

    /** The default request of a request file and an image. */
    public static final SetRequest REQUEST = SetRequest.builder()
            .prompts("a cat", "a bird")
            .style("pop art")
            .seed(7L)
            .attentionOption("score-scale", 1.5)
            .build();

    /** Images that start from pictures, with controls and regions. */
    private static final SetRequest WITH_INPUTS = REQUEST.toBuilder()
            .loras(LoraInput.of("chalk"))
            .initImages(new ImageFile("/in/first.png", null), new ImageFile("/in/second.png", null))
            .denoise(0.5)
            .masks(new ImageFile("/in/mask.png", null))
            .maskBlur(4)
            .controls(
                    new ControlInput("canny", "/in/edges.png", null, Map.of(), "sketchbook-canny", 0.8, 0, 0.5),
                    new ControlInput("depth", "/in/depth-1.png", null, Map.of(), null, 1, 0, 1),
                    new ControlInput("depth", "/in/depth-2.png", null, Map.of(), null, 1, 0, 1))
            .controlReference(true)
            .panorama(new Panorama(true, 64, true))
            .regions(
                    new Region(null, "a tree", "/in/left.png", null),
                    new Region(0, "a fish", "/in/other.png", null),
                    new Region(1, "a cup", "/in/right.png", null))
            .build();

    static final StyleCard CARD =
            new StyleCard(new StyleCardFile("/home/user/pop.style", "c0ffee"), "1.0.0", "toy", "abcdef", resolved(), 0);

    /** The content of every campaign file. */
    static final Batch BATCH = new Batch(List.of(
            new BatchSet("pop-art-cats", resolved()),
            new BatchSet("pop-art-birds", resolved()),
            new BatchSet("woodcut", resolved())));

    public final FakeStudio studio = new FakeStudio();
    final FakeBatchRunner batches = new FakeBatchRunner();
    final FakeHub hub = new FakeHub();
    final FakeRequiredModels required = new FakeRequiredModels();
    final FakeEvaluator evaluator = new FakeEvaluator();
    final FakeSetEvaluator measurer = new FakeSetEvaluator();
    final FakeExplainer explainer = new FakeExplainer();
    final FakeServer server = new FakeServer();
    public final Cancellation cancellation = new Cancellation();
    public final FakeSlices slices = new FakeSlices();

    /** Standard input; {@code null} for {@link #input}. */
    public InputStream stream;

    /** The content of standard input. */
    public String input = "";

    /** The content of the request file. */
    public SetRequest requestFile;

    /** The folders of the assembled slices. */
    public final List<Path> assembled = new ArrayList<>();

    /** The faults of every installed model. */
    List<String> modelFaults = List.of();

    /** The findings of the doctor. */
    List<Finding> findings = List.of();

    /** The columns of the terminal; 0 for none. */
    int columns;

    /** The data folder of the server in this process. */
    Path data = FakeServer.DATA;

    /** The commands that open a file in a browser. */
    List<List<String>> browserCommands = List.of();

    /** The folder of the inputs of the demonstration. */
    Path demoInputs = Path.of("/opt/atelier/demo");

    /** The address of the server in this process. */
    Optional<URI> endpoint = Optional.empty();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public CommandLineOnFakes() {
        this(REQUEST);
    }

    public CommandLineOnFakes(SetRequest requestFile) {
        this.requestFile = requestFile;
    }

    /** @return the exit code */
    public int run(String... arguments) {
        Terminal terminal = new Terminal(
                Path.of("/home/user"),
                new PrintStream(out, true, UTF_8),
                columns,
                new PrintStream(err, true, UTF_8),
                0);
        return new Commands(
                        new CommandServices(
                                new SetServices(
                                        studio,
                                        this::assemble,
                                        new FakeRequestFormat(requestFile),
                                        new FakeStyleCards(CARD),
                                        Set.of("picture", "speech", "music", "notes")::contains,
                                        new FakePresets()),
                                new BatchServices(file -> BATCH, batches),
                                CommandLineOnFakes::inspect,
                                new Models(
                                        CommandLineOnFakes::models,
                                        hub,
                                        model -> modelFaults,
                                        name -> new InspectedModel(
                                                Path.of(name),
                                                "checkpoint",
                                                Map.of("family", "Stable Diffusion XL", "bytes", 5),
                                                Map.of("title", "a\u001b[2J")),
                                        hub,
                                        required),
                                evaluator,
                                measurer,
                                explainer,
                                new FakeCatalog(),
                                new FakeProjects(),
                                () -> findings,
                                new WorkerServices(
                                        slices,
                                        stream == null ? new ByteArrayInputStream(input.getBytes(UTF_8)) : stream),
                                new ServerConnection(
                                        data,
                                        server,
                                        () -> endpoint,
                                        new ServerCalls(terminal, cancellation),
                                        new Browser(browserCommands)),
                                demoInputs),
                        terminal,
                        cancellation,
                        "1.2.3")
                .run(arguments);
    }

    private GeneratedSet assemble(List<Path> slices, Path folder) {
        assembled.addAll(slices);
        return studio.generate(REQUEST, folder, new SetListener() {});
    }

    /** The content of standard output so far. */
    public String out() {
        return out.toString(UTF_8);
    }

    /** The content of standard error so far. */
    public String err() {
        return err.toString(UTF_8);
    }

    /** Clears standard error. */
    public void clearErrors() {
        err.reset();
    }

    private static List<ModelDescription> models() {
        return List.of(new ModelDescription(
                "toy",
                Path.of("/models/toy"),
                "A toy",
                "A toy.",
                Map.of("objects", List.of("house", "fish")),
                128,
                128));
    }

    static SetRequest resolved() {
        return REQUEST.toBuilder()
                .items(List.of(
                        new SetItem("a cat", 7L, 128, 128, Map.of()), new SetItem("a bird", 8L, 128, 128, Map.of())))
                .cfgScale(5)
                .width(128)
                .height(128)
                .dtype("float32")
                .build();
    }

    private static ImageOrigin inspect(Path image) {
        if (image.endsWith("foreign.png")) {
            return new ImageOrigin(8, 8, null, null, null, null, Map.of("parameters", "a dog\nSteps: 20"));
        }
        SetRequest request = image.endsWith("inputs.png") ? WITH_INPUTS : REQUEST;
        return new ImageOrigin(128, 128, 1, null, request, null, Map.of());
    }
}
