package org.atelier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a framework keeps its state: a folder of this process alone, so that two commands at once do not meet.
 *
 * @param folder in the system's folder for temporary files
 */
record Storage(Path folder) {

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
            for (Path path : deepestFirst()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("Atelier left its temporary folder " + folder + ": " + Fault.of(e));
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
