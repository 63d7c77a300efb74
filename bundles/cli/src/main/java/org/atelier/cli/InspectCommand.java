package org.atelier.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.PictureInspector;
import org.atelier.api.set.PictureOrigin;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what made a picture. */
@Command(
        name = "inspect",
        header = "Tells what made a picture, without any model.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier inspect [--json] FILE.png",
        footer = {
            "",
            "Example:",
            "  atelier inspect atelier-20261121-101500/002.png",
            "To draw its set again: atelier generate --request FILE.png"
        })
final class InspectCommand implements Callable<Integer> {

    private final PictureInspector inspector;
    private final RequestFormat format;
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE.png", description = "A PNG picture.")
    private Path file;

    @Option(names = "--json", description = "Prints all that the picture says as JSON.")
    private boolean json;

    InspectCommand(PictureInspector inspector, RequestFormat format, Terminal terminal) {
        this.inspector = inspector;
        this.format = format;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PictureOrigin origin = inspector.inspect(terminal.folder().resolve(file));
        if (json) {
            printJson(origin);
        } else if (origin.request() != null) {
            printOwn(origin);
        } else {
            printOther(origin);
        }
        return ExitCode.DONE;
    }

    private void printOwn(PictureOrigin origin) {
        SetRequest request = origin.request();
        int index = origin.index();
        ReferenceFile shown =
                origin.reference() == null ? null : request.references().get(origin.reference());
        line("prompt", shown == null ? request.shownBy(index) : shown.prompt());
        if (request.negativePrompt() != null) {
            line("negative prompt", request.negativePrompt());
        }
        int count = request.firstDrawn() + request.items().size();
        line("picture", "%d of a set of %d".formatted(index, count));
        if (index < request.firstDrawn()) {
            String what = shown == null
                    ? "the reference"
                    : "reference %d, %s"
                            .formatted(
                                    origin.reference() + 1,
                                    Path.of(shown.file()).getFileName());
            line("reconstruction", "what the model keeps of " + what + ", not drawn");
        } else {
            line("seed", String.valueOf(request.itemOf(index).seed()));
        }
        request.references().forEach(reference -> line("reference", reference(reference)));
        request.contexts().forEach(context -> line("context", context(context)));
        line("size", origin.width() + " x " + origin.height());
        line("model", request.model());
        line("sampler", request.sampler() + ", " + request.steps() + " steps, CFG scale " + request.cfgScale());
        line("attention", request.attention() + options(optionsOf(request, index)));
        line("computed", request.dtype() + " on " + request.device() + ", " + request.chunk() + " at a time");
    }

    private static String reference(ReferenceFile reference) {
        return "%s, weight %.2f: %s".formatted(reference.file(), reference.weight(), reference.shown());
    }

    private static String context(ContextInput context) {
        String said = context.said() == null
                ? ""
                : ": " + context.said().text() + ", " + context.said().origin();
        return context.kind() + " " + context.input() + said;
    }

    private static Map<String, Object> optionsOf(SetRequest request, int index) {
        return index < request.firstDrawn()
                ? request.attentionOptions()
                : request.attentionOptions(request.itemOf(index));
    }

    private static String options(Map<String, Object> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + inWords(option.getValue()))
                .collect(Collectors.joining(" ", " ", ""))
                .stripTrailing();
    }

    /** A list as the command line takes it: with commas. */
    private static String inWords(Object value) {
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    private void printOther(PictureOrigin origin) {
        line("size", origin.width() + " x " + origin.height());
        if (origin.texts().isEmpty()) {
            terminal.out().println("The picture does not say how it was made.");
        }
        origin.texts().forEach((keyword, text) -> line(keyword, text.replace("\n", "\n" + " ".repeat(17))));
    }

    private void printJson(PictureOrigin origin) {
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
        JsonObject texts = new JsonObject();
        origin.texts().forEach(texts::addProperty);
        all.add("texts", texts);
        PrettyJson.print(all, terminal.out());
    }

    private void line(String name, String value) {
        PrintStream out = terminal.out();
        out.println(name + " ".repeat(Math.max(1, 17 - name.length())) + value);
    }
}
