package org.atelier.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingConfigurationTest {

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path copies;
    private Path file;

    @BeforeEach
    void makeFolders() throws IOException {
        copies = Files.createDirectory(folder.resolve("copies"));
        file = folder.resolve("logging.cfg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void isReadAsUtf8ByReadersOfLatin1(String mark) throws IOException {
        Files.writeString(file, mark + "file = ${data}/Zuś 🎨.log\n# für\nlevel = WARN\n");

        Path copy = new LoggingConfiguration(file).escapedIn(copies, warnings::add);

        Properties properties = new Properties();
        try (InputStream content = Files.newInputStream(copy)) {
            properties.load(content);
        }
        assertEquals("${data}/Zuś 🎨.log", properties.getProperty("file"));
        assertEquals("WARN", properties.getProperty("level"));
        assertEquals(List.of(), warnings);
    }

    @Test
    void isNamedWithItsLineIfItIsNotUtf8() throws IOException {
        Files.writeString(file, "level = WARN\nfile = ü\n", StandardCharsets.ISO_8859_1);

        assertEquals(file, new LoggingConfiguration(file).escapedIn(copies, warnings::add));

        assertEquals(List.of(file + ": line 2 is not UTF-8; save it in UTF-8"), warnings);
    }

    @Test
    void mayBeMissing() {
        assertEquals(file, new LoggingConfiguration(file).escapedIn(copies, warnings::add));
        assertEquals(List.of(), warnings);
    }
}
