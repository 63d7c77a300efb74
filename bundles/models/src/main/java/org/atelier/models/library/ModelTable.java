package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;

/** Short names of models of the hub, as {@code config/models.json} gives them. Immutable. */
public final class ModelTable {

    /** Where the table lies in the distribution. */
    private static final String FILE = "config/models.json";

    /**
     * A line of the table.
     *
     * @param name what a user calls the model
     * @param kind what it is for, as the API's {@code InstalledModel} has it
     * @param hubName the repository and the revision to take
     * @param graphs the ONNX graphs that are needed, without folder, number type and ending; empty for all
     */
    public record Entry(String name, String kind, HubName hubName, List<String> graphs) {}

    private final List<Entry> entries;

    private ModelTable(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads the table of a distribution; where there is none, no name is known.
     *
     * @throws AtelierException MODEL_INVALID when the file is not such a table
     */
    public static ModelTable in(Path home) {
        Path file = home.resolve(FILE);
        return Files.exists(file) ? read(file) : new ModelTable(List.of());
    }

    /** A table without a name. */
    static ModelTable empty() {
        return new ModelTable(List.of());
    }

    private static ModelTable read(Path file) {
        Settings table = Settings.read(file);
        List<Entry> entries = new ArrayList<>();
        for (String name : table.keys()) {
            Settings line = table.object(name);
            String repository = line.text("repository");
            HubName hubName = HubName.parse(repository + "@" + line.text("revision", HubName.MAIN))
                    .orElseThrow(() ->
                            ModelFaults.in(file, name + ": " + repository + " is not org/name, or its revision none."));
            entries.add(
                    new Entry(name, line.text("kind"), hubName, line.has("graphs") ? line.texts("graphs") : List.of()));
        }
        return new ModelTable(entries);
    }

    /** In the file's order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The line of a name. */
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** What a name means on the hub: that of the table, or the name itself. */
    public Optional<HubName> hubName(String name) {
        return find(name).map(Entry::hubName).or(() -> HubName.parse(name));
    }

    /** A short name for a model of the hub. */
    Optional<String> shortName(HubName name) {
        return entries.stream()
                .filter(entry -> entry.hubName().equals(name))
                .map(Entry::name)
                .findFirst();
    }
}
