package org.atelier.models.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models in folders of model folders, named by their folders. */
final class ShelvedModels {

    private static final Logger LOG = LoggerFactory.getLogger(ShelvedModels.class);
    private static final String INDEX = "model_index.json";

    private final List<Path> folders;

    /** @param folders need not exist; the first of several models with the same name wins */
    ShelvedModels(List<Path> folders) {
        this.folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
    }

    /** Whether the folder is a diffusers pipeline. */
    static boolean isDiffusersFolder(Path folder) {
        return ModelKind.exists(folder.resolve(INDEX));
    }

    Optional<Path> find(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    /** The model folders by name. */
    Map<String, Path> byName() {
        Map<String, Path> models = new LinkedHashMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                modelsIn(folder)
                        .forEach(model -> models.putIfAbsent(model.getFileName().toString(), model));
            }
        }
        return models;
    }

    private static List<Path> modelsIn(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(model -> isDiffusersFolder(model) || ModelKind.exists(model.resolve("config.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("The models in {} cannot be listed", folder, e);
            return List.of();
        }
    }
}
