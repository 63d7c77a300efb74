package org.atelier.cli.reports;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.atelier.api.model.InstalledModel;
import org.atelier.api.model.ModelDescription;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;
import org.atelier.text.ByteCount;

/**
 * Prints a model.
 *
 * @param model its folder and kind
 * @param description present for a model that generates images
 * @param faults why it cannot be used; empty if it can
 */
record ModelReport(InstalledModel model, Optional<ModelDescription> description, List<String> faults) {

    private static final int COMMIT_DIGITS = 7;

    void print(Terminal terminal) {
        terminal.out().println(model.name() + " (" + model.kind() + ")");
        description
                .map(ModelDescription::title)
                .filter(title -> !title.isBlank())
                .ifPresent(title -> terminal.out().println("  " + title));
        String size = description
                .map(generates -> "%d x %d pixels, ".formatted(generates.width(), generates.height()))
                .orElse("");
        String revision =
                model.revision().isEmpty() ? "" : "revision " + model.revision().substring(0, COMMIT_DIGITS) + ", ";
        terminal.out().println("  " + size + revision + ByteCount.of(model.bytes()) + ", " + model.folder());
        faults.stream().flatMap(String::lines).forEach(line -> terminal.out()
                .println("  cannot be used: " + line.strip()));
    }

    /** Prints the model with its author's note and its vocabulary. */
    void printAll(Terminal terminal) {
        print(terminal);
        description.ifPresent(generates -> {
            if (!generates.note().isBlank()) {
                terminal.print(generates.note());
            }
            generates.vocabulary().forEach((group, words) -> terminal.print(group + ": " + String.join(", ", words)));
        });
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("name", model.name());
        json.addProperty("kind", model.kind());
        json.addProperty("folder", model.folder().toString());
        json.addProperty("repository", model.repository());
        json.addProperty("revision", model.revision());
        json.addProperty("bytes", model.bytes());
        JsonArray reasons = new JsonArray();
        faults.stream().flatMap(String::lines).map(String::strip).forEach(reasons::add);
        json.add("faults", reasons);
        description.ifPresent(generates -> {
            json.addProperty("title", generates.title());
            json.addProperty("note", generates.note());
            json.addProperty("width", generates.width());
            json.addProperty("height", generates.height());
            json.add("vocabulary", PrettyJson.lists(generates.vocabulary()));
        });
        return json;
    }
}
