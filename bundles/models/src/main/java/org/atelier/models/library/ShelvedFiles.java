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

/** Safetensors files in folders, named without their extension. */
final class ShelvedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ShelvedFiles.class);
    private static final String LORAS = "loras";
    private static final String EXTENSION = ".safetensors";

    private final List<Path> folders;

    private ShelvedFiles(Stream<Path> folders) {
        this.folders =
                folders.map(folder -> folder.toAbsolutePath().normalize()).toList();
    }

    /**
     * The models that are single files.
     *
     * @param folders of models; need not exist; the first of several files with the same name wins
     */
    static ShelvedFiles models(List<Path> folders) {
        return new ShelvedFiles(folders.stream());
    }

    /**
     * The LoRAs in the folders {@code loras} inside the folders of models.
     *
     * @param folders as for {@link #models}
     */
    static ShelvedFiles loras(List<Path> folders) {
        return new ShelvedFiles(folders.stream().map(folder -> folder.resolve(LORAS)));
    }

    /** Finds a file by its name, with or without extension. */
    Optional<Path> find(String name) {
        Map<String, Path> files = byName();
        return Optional.ofNullable(files.get(name))
                .or(() -> name.endsWith(EXTENSION)
                        ? Optional.ofNullable(files.get(withoutExtension(name)))
                        : Optional.empty());
    }

    /** The files by name, sorted. */
    Map<String, Path> byName() {
        Map<String, Path> files = new TreeMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                in(folder)
                        .forEach(file -> files.putIfAbsent(
                                withoutExtension(file.getFileName().toString()), file));
            }
        }
        return files;
    }

    private static String withoutExtension(String name) {
        return name.substring(0, name.length() - EXTENSION.length());
    }

    /** The files in a folder, sorted. */
    static List<Path> in(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> file.getFileName().toString().endsWith(EXTENSION) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.warn("The files in {} cannot be listed", folder, e);
            return List.of();
        }
    }
}
