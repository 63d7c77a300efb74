package org.atelier.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.atelier.text.Utf8File;

/**
 * The configuration of Pax Logging, which reads it as Latin-1. Like every file of {@code config/} it is UTF-8.
 *
 * @param file in {@code config/}
 */
record LoggingConfiguration(Path file) {

    /**
     * Writes a copy whose other characters than ASCII are escapes.
     *
     * @param folder for the copy
     * @param warnings receives one line if the file cannot be read as UTF-8
     * @return the file that Pax Logging is to read
     */
    Path escapedIn(Path folder, Consumer<String> warnings) {
        if (!Files.isRegularFile(file)) {
            return file;
        }
        try {
            Path copy = folder.resolve(file.getFileName());
            return Files.writeString(copy, escaped(Utf8File.read(file)), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            warnings.accept("%s: %s; save it in UTF-8".formatted(file, Fault.of(e)));
            return file;
        }
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(unit -> unit < 0x80 ? Character.toString(unit) : "\\u%04x".formatted(unit))
                .collect(Collectors.joining());
    }
}
