package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.models.ModelFaults;
import org.atelier.models.json.Settings;

/** The short names of hub models in {@code config/models.json}. Immutable. */
public final class ModelTable {

    /** Path of the table in the distribution. */
    private static final String FILE = "config/models.json";

    /**
     * An entry of the table.
     *
     * @param name short name of the model
     * @param kind as in {@code InstalledModel}
     * @param hubName repository and revision
     * @param graphs required ONNX graphs, without folder, data type and extension; empty for all
     */
    public record Entry(String name, String kind, HubName hubName, List<String> graphs) {}

    private final List<Entry> entries;

    private ModelTable(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads the table of a distribution; empty if the file is missing.
     *
     * @throws AtelierException MODEL_INVALID if the file is not a valid table
     */
    public static ModelTable in(Path home) {
        Path file = home.resolve(FILE);
        return Files.exists(file) ? read(file) : new ModelTable(List.of());
    }

    /** An empty table. */
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
                    .orElseThrow(() -> ModelFaults.in(
                            file, name + ": " + repository + " is not org/name, or its revision is invalid."));
            entries.add(
                    new Entry(name, line.text("kind"), hubName, line.has("graphs") ? line.texts("graphs") : List.of()));
        }
        return new ModelTable(entries);
    }

    /** All entries in file order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The entry of a name. */
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The hub name for a short name, or the name itself parsed as a hub name. */
    public Optional<HubName> hubName(String name) {
        return find(name).map(Entry::hubName).or(() -> HubName.parse(name));
    }

    /** The short name of a hub model, if any. */
    Optional<String> shortName(HubName name) {
        return entries.stream()
                .filter(entry -> entry.hubName().equals(name))
                .map(Entry::name)
                .findFirst();
    }
}
