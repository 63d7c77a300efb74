package org.atelier.it.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Valid files of this project. */
final class Corpus {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final int MAX_BYTES = 20_000;
    private static final int MAX_FILES = 60;

    private Corpus() {}

    /** Returns the contents of the small files below a folder of fixtures. */
    static List<byte[]> fixtures(String folder, String... extensions) {
        try (Stream<Path> files = Files.walk(FIXTURES.resolve(folder))) {
            return files.filter(file -> Stream.of(extensions).anyMatch(file.toString()::endsWith))
                    .filter(file -> file.toFile().length() < MAX_BYTES)
                    .sorted()
                    .limit(MAX_FILES)
                    .map(Corpus::bytes)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the path of a fixture. */
    static Path fixture(String name) {
        return FIXTURES.resolve(name);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> joined(List<byte[]> first, List<byte[]> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
