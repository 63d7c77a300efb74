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
import org.atelier.api.set.ContextSummary;
import org.atelier.api.set.Contexts;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.SetRequestBuilder;
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

    /** Whether the texts are summarised. Without prompts nothing tells whether they are too long. */
    enum Summary {
        always,
        never
    }

    private final Studio studio;
    private final ContextKinds kinds;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Mixin
    private ContextOptions contexts = new ContextOptions();

    @Option(
            names = "--summary",
            paramLabel = "WHEN",
            description = "Whether the texts are summarised too: always or never. Default: never.")
    private Summary summary = Summary.never;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME|DIR|FILE",
            description = "The model that will use the texts; it decides which models read the inputs. Default:"
                    + " ${bundle:default.model}.")
    private String model;

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
        SetRequestBuilder request = SetRequest.builder().contexts(inputs).summary(ContextSummary.of(summary.name()));
        if (model != null) {
            request.model(model);
        }
        print(read(request.build()));
        return ExitCode.DONE;
    }

    private Contexts read(SetRequest request) {
        if (pull) {
            models.ensure(models.required().ofContexts(request), terminal, cancellation);
        }
        try (ProgressReporter reporter = new ProgressReporter(terminal, cancellation)) {
            return studio.describe(request, reporter);
        }
    }

    private void print(Contexts described) {
        ContextText summarized = described.summary().resolved();
        if (json) {
            JsonArray all = new JsonArray();
            described.inputs().forEach(input -> all.add(json(input.kind(), input.input(), input.resolved())));
            if (summarized != null) {
                all.add(json("summary", null, summarized));
            }
            PrettyJson.print(all, terminal.out());
            return;
        }
        described.inputs().forEach(input -> print(input.kind() + " " + input.input(), input.resolved()));
        if (summarized != null) {
            print("summary", summarized);
        }
    }

    private void print(String title, ContextText text) {
        PrintStream out = terminal.out();
        out.println("%s: %s".formatted(title, text.text().isBlank() ? "(no text)" : text.text()));
        out.println(" ".repeat(INDENT) + "source: " + text.origin() + confidence(text.confidence()));
        text.parts()
                .forEach(part -> out.println(
                        " ".repeat(INDENT) + part.name() + ": " + part.text() + confidence(part.confidence())));
    }

    private static String confidence(Double confidence) {
        return confidence == null ? "" : String.format(Locale.ROOT, " (%.2f)", confidence);
    }

    private static JsonObject json(String kind, String input, ContextText text) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind);
        json.addProperty("input", input);
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
