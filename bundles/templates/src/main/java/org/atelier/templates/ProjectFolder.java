package org.atelier.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.files.IoErrors;

/**
 * The folder of a new project, created atomically.
 *
 * @param path absolute
 */
record ProjectFolder(Path path) {

    /**
     * Writes the files to a temporary folder, then renames it.
     *
     * @param texts the contents by path in the folder
     * @throws AtelierException {@code OUTPUT_UNWRITABLE}
     */
    void write(Map<Path, String> texts) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || path.getFileName() == null) {
            throw new AtelierException(
                    Code.OUTPUT_UNWRITABLE, "%s already exists; choose another folder or move it.".formatted(path));
        }
        Path unfinished = path.resolveSibling("." + path.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(unfinished);
            try {
                for (Map.Entry<Path, String> text : texts.entrySet()) {
                    Path file = unfinished.resolve(text.getKey());
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, text.getValue());
                }
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                deleteRemaining(unfinished);
            }
        } catch (IOException e) {
            throw new AtelierException(
                    Code.OUTPUT_UNWRITABLE,
                    "The project cannot be written to %s: %s; choose another folder.".formatted(path, IoErrors.of(e)),
                    e);
        }
    }

    private static void deleteRemaining(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
