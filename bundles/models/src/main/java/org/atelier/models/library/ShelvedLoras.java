package org.atelier.models.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The LoRAs in the folders {@code loras} inside the folders of models, named by their files without extension. */
final class ShelvedLoras {

    private static final Logger LOG = LoggerFactory.getLogger(ShelvedLoras.class);
    private static final String FOLDER = "loras";
    private static final String EXTENSION = ".safetensors";

    private final List<Path> folders;

    /** @param folders of models; need not exist; the first of several LoRAs with the same name wins */
    ShelvedLoras(List<Path> folders) {
        this.folders = folders.stream()
                .map(folder -> folder.resolve(FOLDER).toAbsolutePath().normalize())
                .toList();
    }

    /** Finds a LoRA by its name, with or without extension. */
    Optional<Path> find(String name) {
        Map<String, Path> loras = byName();
        return Optional.ofNullable(loras.get(name))
                .or(() -> name.endsWith(EXTENSION)
                        ? Optional.ofNullable(loras.get(withoutExtension(name)))
                        : Optional.empty());
    }

    /** The files by name, sorted. */
    Map<String, Path> byName() {
        Map<String, Path> loras = new TreeMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                filesIn(folder)
                        .forEach(file -> loras.putIfAbsent(
                                withoutExtension(file.getFileName().toString()), file));
            }
        }
        return loras;
    }

    private static String withoutExtension(String name) {
        return name.substring(0, name.length() - EXTENSION.length());
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> file.getFileName().toString().endsWith(EXTENSION) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("The LoRAs in {} cannot be listed", folder, e);
            return List.of();
        }
    }
}
