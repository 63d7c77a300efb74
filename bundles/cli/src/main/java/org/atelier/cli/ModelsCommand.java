package org.atelier.cli;

import static org.atelier.api.AtelierException.Code.MODEL_NOT_FOUND;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.model.ModelCatalog;
import org.atelier.api.model.ModelDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which models are here, and what they know. */
@Command(
        name = "models",
        header = "Lists the models that are here, or tells of one what it knows.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier models [--json] [NAME]",
        footer = {"", "Example:", "  atelier models sketchbook"})
final class ModelsCommand implements Callable<Integer> {

    private static final int WIDTH = 96;

    private final ModelCatalog catalog;
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The model to tell of, with the words it knows.")
    private String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    ModelsCommand(ModelCatalog catalog, Terminal terminal) {
        this.catalog = catalog;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<ModelDescription> models = chosen();
        if (json) {
            printJson(models);
        } else if (models.isEmpty()) {
            terminal.out().println("No model is here.");
        } else if (name == null) {
            models.forEach(this::print);
        } else {
            models.forEach(this::printAll);
        }
        return ExitCode.DONE;
    }

    private List<ModelDescription> chosen() {
        List<ModelDescription> all = catalog.models();
        if (name == null) {
            return all;
        }
        List<ModelDescription> chosen =
                all.stream().filter(model -> model.name().equals(name)).toList();
        if (chosen.isEmpty()) {
            String known = all.stream().map(ModelDescription::name).collect(Collectors.joining(", "));
            throw new AtelierException(MODEL_NOT_FOUND, "There is no model '%s'; here are: %s.".formatted(name, known));
        }
        return chosen;
    }

    private void print(ModelDescription model) {
        PrintStream out = terminal.out();
        out.println(model.name());
        if (!model.title().isBlank()) {
            out.println("  " + model.title());
        }
        out.println("  %d x %d pixels, %s".formatted(model.width(), model.height(), model.folder()));
    }

    private void printAll(ModelDescription model) {
        print(model);
        if (!model.note().isBlank()) {
            Paragraph.lines(model.note(), WIDTH).forEach(terminal.out()::println);
        }
        model.vocabulary().forEach((group, words) -> Paragraph.lines(group + ": " + String.join(", ", words), WIDTH)
                .forEach(terminal.out()::println));
    }

    private void printJson(List<ModelDescription> models) {
        JsonArray all = new JsonArray();
        models.forEach(model -> all.add(json(model)));
        PrettyJson.print(all, terminal.out());
    }

    private static JsonObject json(ModelDescription model) {
        JsonObject json = new JsonObject();
        json.addProperty("name", model.name());
        json.addProperty("folder", model.folder().toString());
        json.addProperty("title", model.title());
        json.addProperty("note", model.note());
        json.addProperty("width", model.width());
        json.addProperty("height", model.height());
        JsonObject vocabulary = new JsonObject();
        model.vocabulary().forEach((group, words) -> {
            JsonArray list = new JsonArray();
            words.forEach(list::add);
            vocabulary.add(group, list);
        });
        json.add("vocabulary", vocabulary);
        return json;
    }
}
