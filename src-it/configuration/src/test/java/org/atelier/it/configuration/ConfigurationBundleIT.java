package org.atelier.it.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of a folder as configurations, by File Install. */
@Timeout(60)
class ConfigurationBundleIT {

    private static final long POLL_MILLISECONDS = 50;

    @TempDir
    Path home;

    private Path config;
    private TestFramework framework;

    @BeforeEach
    void startWithFiles() throws Exception {
        config = Files.createDirectory(home.resolve("config (ä)"));
        write(
                "plain.cfg",
                "# für alle\nkey = früh\\u00f6 ${atelier.home}\nlist = a, \\\n    b\n",
                StandardCharsets.UTF_8);
        write("marked.cfg", "\uFEFFfirst = 日本\nsecond = 2\n", StandardCharsets.UTF_8);
        write("typed.cfg", "number = I\"5\"\n", StandardCharsets.UTF_8);
        write("factory-one.cfg", "\uFEFFkey = ü\n", StandardCharsets.UTF_8);
        write("latin.cfg", "a = 1\nb = ü\n", StandardCharsets.ISO_8859_1);
        write("wide.cfg", "a = 1\n", StandardCharsets.UTF_16);
        framework = TestFramework.start(
                home,
                Map.of(
                        "felix.fileinstall.dir", config.toString(),
                        "felix.fileinstall.filter", ".*\\.cfg",
                        "felix.fileinstall.noInitialDelay", "true",
                        "felix.fileinstall.enableConfigSave", "false",
                        "felix.fileinstall.log.level", "1",
                        "felix.fileinstall.poll", Long.toString(POLL_MILLISECONDS),
                        "felix.fileinstall.tmpdir", home.toString()),
                "org.ops4j.pax.logging.pax-logging-log4j2",
                "org.atelier.configuration",
                "org.apache.felix.fileinstall");
    }

    @AfterEach
    void stop() {
        framework.close();
    }

    @Test
    void readsUtf8AndNamesTheLineOfWhatIsNot() throws Exception {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "plain/key", "frühö " + home,
                "plain/list", "a, b",
                "marked/first", "日本",
                "marked/second", "2",
                "typed/number", "5",
                "factory~one/key", "ü"));
        awaitConfigurations(expected);
        assertEquals(
                "%s: line 2 is not UTF-8; it is ignored until it is saved as KEY = VALUE in UTF-8."
                                .formatted(config.resolve("latin.cfg"))
                        + "\n%s: line 1 is not UTF-8; it is ignored until it is saved as KEY = VALUE in UTF-8."
                                .formatted(config.resolve("wide.cfg")),
                warnings());

        write("plain.cfg", "list = c\n\nkey = früh\n", Charset.forName("windows-1252"));
        write("latin.cfg", "\uFEFFa = 1\nb = ü\n", StandardCharsets.UTF_8);
        expected.put("latin/a", "1");
        expected.put("latin/b", "ü");
        awaitConfigurations(expected);
        assertEquals(
                "%s: line 3 is not UTF-8; its former values stay until it is saved as KEY = VALUE in UTF-8."
                        .formatted(config.resolve("plain.cfg")),
                warnings()
                        .lines()
                        .filter(line -> line.contains("plain.cfg"))
                        .findFirst()
                        .orElse(""));

        write("plain.cfg", "\uFEFFkey = später\n", StandardCharsets.UTF_8);
        Files.delete(config.resolve("typed.cfg"));
        expected.put("plain/key", "später");
        expected.remove("plain/list");
        expected.remove("typed/number");
        awaitConfigurations(expected);

        Files.delete(config.resolve("plain.cfg"));
        Files.delete(config.resolve("wide.cfg"));
        expected.remove("plain/key");
        awaitConfigurations(expected);
    }

    private void write(String name, String content, Charset charset) throws IOException {
        Files.writeString(config.resolve(name), content, charset);
    }

    /** The files are read after a moment. */
    private void awaitConfigurations(Map<String, String> expected) throws Exception {
        System.setProperty(ConfigurationsProbe.EXPECTED, expected.toString());
        try {
            assertEquals(expected, framework.inside(ConfigurationsProbe.class));
        } finally {
            System.clearProperty(ConfigurationsProbe.EXPECTED);
        }
    }

    private String warnings() throws Exception {
        return String.join(
                "\n", framework.inside(LogProbe.class).stream().sorted().toList());
    }
}
