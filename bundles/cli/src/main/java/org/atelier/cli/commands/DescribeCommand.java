package org.atelier.cli.commands;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.atelier.api.Faults;
import org.atelier.api.context.ContextKinds;
import org.atelier.api.context.ContextText;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.Studio;
import org.atelier.cli.options.ContextOptions;
import org.atelier.cli.services.Models;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.ProgressReporter;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the texts of context inputs. */
@Command(
        name = "describe",
        header = "Prints the text that images, speech, music and places add to prompts; generates no images.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier describe [OPTIONS]",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier describe --picture wall.jpg --place \"Bergen,NO\" --json"})
final class DescribeCommand implements Callable<Integer> {

    private static final int INDENT = 2;

    private final Studio studio;
    private final ContextKinds kinds;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Mixin
    private ContextOptions contexts = new ContextOptions();

    @Option(
            names = "--pull",
            description = "Downloads required models that are missing; without this option nothing is downloaded.")
    private boolean pull;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    DescribeCommand(Studio studio, ContextKinds kinds, Models models, Terminal terminal, Cancellation cancellation) {
        this.studio = studio;
        this.kinds = kinds;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() {
        Faults faults = new Faults();
        List<ContextInput> inputs = contexts.inputs(List.of(), terminal.folder(), kinds, null, faults);
        faults.throwIfAny();
        if (pull) {
            models.ensure(models.required().ofContexts(inputs), terminal, cancellation);
        }
        List<ContextInput> described;
        try (ProgressReporter reporter = new ProgressReporter(terminal, cancellation)) {
            described = studio.describe(inputs, reporter);
        }
        if (json) {
            JsonArray all = new JsonArray();
            described.forEach(input -> all.add(json(input)));
            PrettyJson.print(all, terminal.out());
        } else {
            described.forEach(this::print);
        }
        return ExitCode.DONE;
    }

    private void print(ContextInput input) {
        PrintStream out = terminal.out();
        ContextText text = input.resolved();
        out.println(
                "%s %s: %s".formatted(input.kind(), input.input(), text.text().isBlank() ? "(no text)" : text.text()));
        out.println(" ".repeat(INDENT) + "source: " + text.origin() + confidence(text.confidence()));
        text.parts()
                .forEach(part -> out.println(
                        " ".repeat(INDENT) + part.name() + ": " + part.text() + confidence(part.confidence())));
    }

    private static String confidence(Double confidence) {
        return confidence == null ? "" : String.format(Locale.ROOT, " (%.2f)", confidence);
    }

    private static JsonObject json(ContextInput input) {
        ContextText text = input.resolved();
        JsonObject json = new JsonObject();
        json.addProperty("kind", input.kind());
        json.addProperty("input", input.input());
        json.addProperty("text", text.text());
        json.addProperty("origin", text.origin());
        json.addProperty("confidence", text.confidence());
        JsonArray parts = new JsonArray();
        text.parts().forEach(part -> {
            JsonObject each = new JsonObject();
            each.addProperty("name", part.name());
            each.addProperty("text", part.text());
            each.addProperty("confidence", part.confidence());
            parts.add(each);
        });
        json.add("parts", parts);
        return json;
    }
}
