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
     * @param file the single file that is the model, as a path in its repository; empty for a folder
     * @param configuration the model that provides what a single file lacks; empty for what its family published
     */
    public record Entry(
            String name,
            String kind,
            HubName hubName,
            List<String> graphs,
            Optional<String> file,
            Optional<String> configuration) {}

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
            entries.add(new Entry(
                    name,
                    line.text("kind"),
                    hubName,
                    line.has("graphs") ? line.texts("graphs") : List.of(),
                    optional(line, "file").map(path -> checked(file, name, path)),
                    optional(line, "config")));
        }
        return new ModelTable(entries);
    }

    private static Optional<String> optional(Settings line, String key) {
        return line.has(key) ? Optional.of(line.text(key)) : Optional.empty();
    }

    private static String checked(Path file, String name, String path) {
        if (!HubFile.isPath(path)) {
            throw ModelFaults.in(file, name + ": " + path + " is not the path of a safetensors file.");
        }
        return path;
    }

    /** All entries in file order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The entry of a name. */
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The hub name for a short name, or the name itself parsed as a hub name, or as that of a file on the hub. */
    public Optional<HubName> hubName(String name) {
        return find(name).map(Entry::hubName).or(() -> HubName.parse(name)).or(() -> HubFile.parse(name)
                .map(HubFile::model));
    }

    /** The single file on the hub for a short name, or the name itself parsed as one; empty for a folder. */
    public Optional<HubFile> hubFile(String name) {
        Optional<Entry> entry = find(name);
        return entry.isPresent()
                ? entry.get().file().map(path -> new HubFile(entry.get().hubName(), path))
                : HubFile.parse(name);
    }

    /** The short name of a hub model, if any. */
    Optional<String> shortName(HubName name) {
        return entries.stream()
                .filter(entry -> entry.file().isEmpty() && entry.hubName().equals(name))
                .map(Entry::name)
                .findFirst();
    }

    /** The short name of a single file on the hub, or its name. */
    String nameOf(HubFile file) {
        return entries.stream()
                .filter(entry ->
                        entry.hubName().equals(file.model()) && entry.file().equals(Optional.of(file.path())))
                .map(Entry::name)
                .findFirst()
                .orElseGet(file::toString);
    }
}
