package org.atelier.models.library;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.atelier.api.AtelierException;
import org.atelier.api.model.InstalledModel;
import org.atelier.models.checkpoint.CheckpointFile;
import org.atelier.models.checkpoint.CheckpointFile.Content;
import org.atelier.models.safetensors.SafetensorsFile;

/** The models that are single files: in the folders of models, on the hub, and at any path. */
final class SingleFiles {

    /** The names of files with weights, which no other model has. */
    private static final Pattern WEIGHTS = Pattern.compile(".*\\.(safetensors|ckpt|pt|pth|bin|gguf)");

    private final ShelvedFiles shelved;
    private final HubCache cache;
    private final Supplier<ModelTable> table;

    SingleFiles(ShelvedFiles shelved, HubCache cache, Supplier<ModelTable> table) {
        this.shelved = shelved;
        this.cache = cache;
        this.table = table;
    }

    /** The file with a name in a folder of models. */
    Optional<Path> shelved(String name) {
        return shelved.find(name);
    }

    /** Whether a text is the path of a file, which may be missing, rather than a name. */
    boolean isPath(String text) {
        try {
            return !text.isBlank()
                    && shelved.find(text).isEmpty()
                    && ((Files.exists(Path.of(text)) && !Files.isDirectory(Path.of(text)))
                            || (WEIGHTS.matcher(text).matches()
                                    && HubFile.parse(text).isEmpty()
                                    && !Files.isDirectory(Path.of(text))));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Whether a name is that of a file on the hub, cached or not. */
    boolean isOnHub(String name) {
        return table.get().hubFile(name).isPresent();
    }

    /** The cached file of the hub with a name. */
    Optional<Path> cached(String name) {
        return table.get().hubFile(name).flatMap(cache::find);
    }

    /** The model that provides what a single file with a name in the table lacks. */
    Optional<String> configuration(String name) {
        return table.get().find(name).flatMap(ModelTable.Entry::configuration);
    }

    /**
     * The files in the folders of models and those of the hub.
     *
     * @param folders the names of models in folders, which take precedence
     */
    List<InstalledModel> installed(Set<String> folders) {
        List<InstalledModel> models = new ArrayList<>();
        for (Map.Entry<String, Path> entry : shelved.byName().entrySet()) {
            Path file = entry.getValue();
            String name = folders.contains(entry.getKey()) ? file.getFileName().toString() : entry.getKey();
            models.add(new InstalledModel(name, ModelKind.ofFile(file), "", "", file, ModelSize.of(file)));
        }
        ModelTable shortNames = table.get();
        for (ModelTable.Entry entry : shortNames.entries()) {
            entry.file().map(path -> new HubFile(entry.hubName(), path)).ifPresent(file -> cache.find(file)
                    .ifPresent(path -> models.add(fetched(entry.name(), entry.kind(), file, path))));
        }
        for (HubName name : cache.names()) {
            cache.find(name)
                    .filter(folder -> ModelKind.of(folder).isEmpty())
                    .ifPresent(folder -> ShelvedFiles.in(folder).forEach(path -> {
                        HubFile file = new HubFile(name, path.getFileName().toString());
                        if (shortNames.nameOf(file).equals(file.toString()) && isCheckpoint(path)) {
                            models.add(fetched(file.toString(), ModelKind.IMAGES, file, path));
                        }
                    }));
        }
        return models;
    }

    private InstalledModel fetched(String name, String kind, HubFile file, Path path) {
        String commit = cache.commit(file.model()).orElse("");
        return new InstalledModel(name, kind, file.model().repository(), commit, path, ModelSize.of(path));
    }

    /** Whether a file of the cache, which other programs fill too, is a model that can be generated with. */
    private static boolean isCheckpoint(Path path) {
        try {
            SafetensorsFile file = SafetensorsFile.open(path);
            return HubFile.isPath(path.getFileName().toString())
                    && CheckpointFile.contentOf(file) == Content.CHECKPOINT;
        } catch (AtelierException e) {
            return false;
        }
    }
}
