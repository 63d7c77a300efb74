package org.atelier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The storage of a framework: a folder for one process, so that concurrent commands do not interfere. A killed process leaves it
 * behind.
 *
 * @param folder a folder in the temporary folder of the system, or in the data folder of a server
 */
record Storage(Path folder) {

    private static final String FOLDER_IN_DATA = "framework";

    /** Creates the storage in a locked data folder; deletes the storage of a killed process. */
    static Storage in(Path data) {
        Storage storage = new Storage(data.resolve(FOLDER_IN_DATA));
        try {
            if (Files.exists(storage.folder)) {
                storage.deleteAll();
            }
            Files.createDirectory(storage.folder);
            return storage;
        } catch (IOException e) {
            throw new CannotStartException(
                    "cannot replace the folder %s: %s; remove it".formatted(storage.folder, Fault.of(e)), e);
        }
    }

    static Storage create() {
        try {
            return new Storage(Files.createTempDirectory("atelier-"));
        } catch (IOException e) {
            throw new CannotStartException(
                    "cannot create a temporary folder in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    void delete() {
        try {
            deleteAll();
        } catch (IOException e) {
            System.err.println("Atelier cannot delete its temporary folder " + folder + ": " + Fault.of(e));
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
