package org.atelier.cli.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.atelier.api.health.Finding;
import org.atelier.api.model.ModelDescription;
import org.atelier.api.set.ImageOrigin;
import org.atelier.api.set.SetItem;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCardFile;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.Terminal;

/** The command line of a user in {@code /home/user}, on fakes of all that it asks, with what it printed. */
public final class CommandLineOnFakes {

    /** What a request file and an image say, unless a test has another. */
    public static final SetRequest RECIPE = SetRequest.builder()
            .prompts("a cat", "a bird")
            .style("pop art")
            .seed(7L)
            .attentionOption("score-scale", 1.5)
            .build();

    static final StyleCard CARD =
            new StyleCard(new StyleCardFile("/home/user/pop.style", "c0ffee"), "1.0.0", "toy", "abcdef", settled(), 0);

    public final FakeStudio studio = new FakeStudio();
    final FakeHub hub = new FakeHub();
    final FakeRequiredModels required = new FakeRequiredModels();
    final FakeEvaluator evaluator = new FakeEvaluator();
    final FakeServer server = new FakeServer();
    final Cancellation cancellation = new Cancellation();

    /** What the request file says. */
    public SetRequest recipe;

    /** What the doctor finds. */
    List<Finding> findings = List.of();

    /** How wide the terminal is; 0 for none. */
    int columns;

    /** Where this one listens. */
    Optional<URI> door = Optional.empty();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public CommandLineOnFakes() {
        this(RECIPE);
    }

    public CommandLineOnFakes(SetRequest recipe) {
        this.recipe = recipe;
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
                        new SetServices(
                                studio,
                                new FakeRequestFormat(recipe),
                                new FakeStyleCards(CARD),
                                Set.of("picture", "speech", "music", "notes")::contains,
                                new FakePresets()),
                        CommandLineOnFakes::inspect,
                        new Models(CommandLineOnFakes::models, hub, hub, required),
                        evaluator,
                        new FakeCatalog(),
                        new FakeProjects(),
                        () -> findings,
                        new ServerConnection(FakeServer.DATA, server, () -> door),
                        terminal,
                        cancellation,
                        "1.2.3")
                .run(arguments);
    }

    /** What it printed so far. */
    String out() {
        return out.toString(UTF_8);
    }

    /** What it complained and told of so far. */
    public String err() {
        return err.toString(UTF_8);
    }

    /** Forgets what it complained and told of. */
    public void forget() {
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

    private static SetRequest settled() {
        return RECIPE.toBuilder()
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
            return new ImageOrigin(8, 8, null, null, null, Map.of("parameters", "a dog\nSteps: 20"));
        }
        return new ImageOrigin(128, 128, 1, null, RECIPE, Map.of());
    }
}
