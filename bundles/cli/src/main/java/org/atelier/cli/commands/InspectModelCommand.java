package org.atelier.cli.commands;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.model.InspectedModel;
import org.atelier.api.model.ModelInspector;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Fields;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;
import org.atelier.text.ByteCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a model is, without loading its weights. */
@Command(
        name = "inspect",
        header = "Prints what a model, a single file or a LoRA is, without loading weights.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models inspect [--json] NAME|DIR|FILE",
        footer = {
            "",
            "Examples:",
            "  atelier models inspect dreamshaper.safetensors",
            "  atelier models inspect sketchbook"
        })
final class InspectModelCommand implements Callable<Integer> {

    private static final int LONGEST = 200;

    private final ModelInspector inspector;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME|DIR|FILE", description = "A model, or a safetensors file.")
    private String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    InspectModelCommand(ModelInspector inspector, Terminal terminal) {
        this.inspector = inspector;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        InspectedModel model = inspector.inspect(name);
        if (json) {
            printJson(model);
        } else {
            print(model);
        }
        return ExitCode.DONE;
    }

    private void print(InspectedModel model) {
        Fields fields = new Fields(terminal);
        fields.line("path", model.path().toString());
        fields.line("kind", model.kind());
        model.facts().forEach((fact, value) -> {
            if (fact.equals("bytes")) {
                fields.line("size", ByteCount.of(((Number) value).longValue()));
            } else {
                fields.text(fact, text(value));
            }
        });
        model.metadata().forEach((key, value) -> fields.line("metadata", key + ": " + shortened(value)));
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> counts) {
            return counts.entrySet().stream()
                    .map(count -> count.getKey() + " " + count.getValue())
                    .collect(Collectors.joining(", "));
        }
        return value instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(", "))
                : value.toString();
    }

    private static String shortened(String value) {
        String line = value.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private void printJson(InspectedModel model) {
        Gson gson = new Gson();
        JsonObject all = new JsonObject();
        all.addProperty("path", model.path().toString());
        all.addProperty("kind", model.kind());
        model.facts()
                .forEach((fact, value) ->
                        all.add(fact.replace(' ', '_').toLowerCase(Locale.ROOT), gson.toJsonTree(value)));
        all.add("metadata", gson.toJsonTree(model.metadata()));
        PrettyJson.print(all, terminal.out());
    }
}
