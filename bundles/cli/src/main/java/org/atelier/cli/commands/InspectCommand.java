package org.atelier.cli.commands;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.atelier.api.metadata.GenerationParameters;
import org.atelier.api.metadata.ImageInspector;
import org.atelier.api.metadata.ImageOrigin;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.StyleCards;
import org.atelier.cli.reports.CardReport;
import org.atelier.cli.reports.ImageInputs;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Fields;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints how an image was generated, or what a style card contains. */
@Command(
        name = "inspect",
        header = "Prints how an image was generated, or what a style card contains; needs no model.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier inspect [--json] FILE",
        footer = {
            "",
            "Examples:",
            "  atelier inspect atelier-20261121-101500/002.png",
            "  atelier inspect pop.style",
            "To generate the set of an image again: atelier generate --request FILE.png"
        })
final class InspectCommand implements Callable<Integer> {

    private final ImageInspector inspector;
    private final StyleCards cards;
    private final RequestFormat format;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "A PNG, JPEG or WebP image, or a style card.")
    private Path file;

    @Option(names = "--json", description = "Prints all metadata of the file as JSON.")
    private boolean json;

    InspectCommand(ImageInspector inspector, StyleCards cards, RequestFormat format, Terminal terminal) {
        this.inspector = inspector;
        this.cards = cards;
        this.format = format;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path path = terminal.folder().resolve(file);
        if (cards.isCard(path)) {
            printCard(new CardReport(cards.read(path), format));
            return ExitCode.DONE;
        }
        ImageOrigin origin = inspector.inspect(path);
        if (json) {
            printJson(origin);
        } else if (origin.request() != null) {
            printOwn(origin);
        } else {
            printOther(origin);
        }
        return ExitCode.DONE;
    }

    private void printCard(CardReport card) {
        if (json) {
            card.printJson(terminal.out());
        } else {
            card.print(terminal);
        }
    }

    private void printOwn(ImageOrigin origin) {
        Fields fields = new Fields(terminal);
        SetRequest request = origin.request();
        int index = origin.index();
        ReferenceFile shown = origin.reference() == null
                ? null
                : request.references().images().get(origin.reference());
        fields.line("prompt", shown == null ? request.promptOf(index) : shown.prompt());
        if (request.negativePrompt() != null) {
            fields.line("negative prompt", request.negativePrompt());
        }
        int count = request.firstGenerated() + request.items().size();
        fields.line("image", "%d of a set of %d".formatted(index, count));
        if (index < request.firstGenerated()) {
            String what = shown == null
                    ? "the reference"
                    : "reference %d, %s"
                            .formatted(
                                    origin.reference() + 1,
                                    Path.of(shown.file()).getFileName());
            fields.line("reconstruction", what + " as the model reconstructs it, not generated");
        } else {
            fields.line("seed", String.valueOf(request.itemOf(index).seed()));
        }
        request.references().images().forEach(fields::reference);
        ImageInputs inputs = new ImageInputs(request, index);
        inputs.print(fields);
        request.contexts().inputs().forEach(context -> fields.line("context", context(context)));
        if (request.card() != null) {
            fields.line("style card", request.card().file());
        }
        fields.line("size", origin.width() + " x " + origin.height());
        fields.line("model", request.model());
        inputs.printModel(fields);
        fields.generation(request, optionsOf(request, index));
        fields.line(
                "execution",
                request.execution().dtype() + " on " + request.execution().device() + ", chunk "
                        + request.execution().chunk());
    }

    private static String context(ContextInput context) {
        String text = context.resolved() == null
                ? ""
                : ": " + context.resolved().text() + ", " + context.resolved().origin();
        return context.kind() + " " + context.input() + text;
    }

    private static Map<String, Object> optionsOf(SetRequest request, int index) {
        return index < request.firstGenerated()
                ? request.sharing().attentionOptions()
                : request.sharing().attentionOptions(request.itemOf(index));
    }

    private void printOther(ImageOrigin origin) {
        Fields fields = new Fields(terminal);
        fields.line("size", origin.width() + " x " + origin.height());
        if (origin.texts().isEmpty()) {
            terminal.out().println("The image has no metadata on how it was made.");
        }
        if (origin.foreign() != null) {
            printForeign(origin.foreign(), fields);
        }
        origin.texts().forEach((keyword, text) -> fields.line(keyword, text));
    }

    private static void printForeign(GenerationParameters foreign, Fields fields) {
        fields.line("program", foreign.program());
        fields.line("prompt", foreign.prompt());
        if (!foreign.negativePrompt().isEmpty()) {
            fields.line("negative prompt", foreign.negativePrompt());
        }
        foreign.settings().forEach(fields::line);
    }

    private void printJson(ImageOrigin origin) {
        JsonObject all = new JsonObject();
        all.addProperty("width", origin.width());
        all.addProperty("height", origin.height());
        if (origin.request() != null) {
            all.addProperty("index", origin.index());
            if (origin.reference() != null) {
                all.addProperty("reference", origin.reference());
            }
            all.add("request", JsonParser.parseString(format.write(origin.request())));
        }
        if (origin.foreign() != null) {
            all.add("foreign", json(origin.foreign()));
        }
        JsonObject texts = new JsonObject();
        origin.texts().forEach(texts::addProperty);
        all.add("texts", texts);
        PrettyJson.print(all, terminal.out());
    }

    private static JsonObject json(GenerationParameters foreign) {
        JsonObject json = new JsonObject();
        json.addProperty("program", foreign.program());
        json.addProperty("prompt", foreign.prompt());
        json.addProperty("negative_prompt", foreign.negativePrompt());
        JsonObject settings = new JsonObject();
        foreign.settings().forEach(settings::addProperty);
        json.add("settings", settings);
        return json;
    }
}
