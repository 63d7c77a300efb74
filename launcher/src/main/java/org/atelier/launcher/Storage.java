package org.atelier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a framework keeps its state: a folder of this process alone, so that two commands at once do not meet. A process that
 * is killed leaves it behind.
 *
 * @param folder in the system's folder for temporary files, or a server's data folder
 */
record Storage(Path folder) {

    private static final String IN_DATA = "framework";

    /** In a data folder that this process holds; what a killed holder left there is removed. */
    static Storage in(Path data) {
        Storage storage = new Storage(data.resolve(IN_DATA));
        try {
            if (Files.exists(storage.folder)) {
                storage.deleteAll();
            }
            Files.createDirectory(storage.folder);
            return storage;
        } catch (IOException e) {
            throw new CannotStartException(
                    "the folder %s cannot be emptied and made anew: %s; remove it"
                            .formatted(storage.folder, Fault.of(e)),
                    e);
        }
    }

    static Storage create() {
        try {
            return new Storage(Files.createTempDirectory("atelier-"));
        } catch (IOException e) {
            throw new CannotStartException(
                    "no temporary folder can be made in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    void delete() {
        try {
            deleteAll();
        } catch (IOException e) {
            System.err.println("Atelier left its temporary folder " + folder + ": " + Fault.of(e));
        }
    }

    private void deleteAll() throws IOException {
        for (Path path : deepestFirst()) {
            Files.deleteIfExists(path);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
