package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier serve --open} of a desktop session, whose {@code xdg-open} is a script of the test, or which has none. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class OpenPageIT {

    private static final String OPENER = "xdg-open";

    /** What {@code bin/atelier} and the opener of the test call. */
    private static final List<String> NEEDED = List.of(
            "cksum",
            "cp",
            "dirname",
            "env",
            "find",
            "locale",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "setsid",
            "sh",
            "stat",
            "stty");

    @TempDir
    private Path folder;

    private Path commands;

    @BeforeEach
    void addCommands() throws IOException {
        commands = Files.createDirectory(folder.resolve("commands"));
        for (String name : NEEDED) {
            for (String path : System.getenv("PATH").split(File.pathSeparator)) {
                if (Files.isExecutable(Path.of(path, name)) && Files.notExists(commands.resolve(name))) {
                    addCommand(name, "exec '%s' \"$@\"".formatted(Path.of(path, name)));
                }
            }
        }
    }

    private void addCommand(String name, String script) throws IOException {
        Path command = Files.writeString(commands.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertTrue(command.toFile().setExecutable(true));
    }

    @Test
    void givesTheBrowserAFileThatLeadsToThePageWithTheToken() throws Exception {
        Path opened = folder.resolve("opened.html");
        addCommand(OPENER, "cp \"$1\" '%1$s.part' && mv '%1$s.part' '%1$s'".formatted(opened));

        String line = served("The browser opens the page");

        String token = Files.readString(folder.resolve("data/token")).strip();
        String address = line.replaceAll(".*(http://127\\.0\\.0\\.1:\\d+/).*", "$1");
        assertTrue(Files.readString(opened).contains("url=%s#token=%s".formatted(address, token)), line);
        assertFalse(line.contains(token), line);
    }

    @Test
    void printsTheAddressInOneLineWhereNothingOpensFiles() throws Exception {
        String line = served("No browser can be opened here");

        assertTrue(
                line.matches("No browser can be opened here; open http://127\\.0\\.0\\.1:\\d+/ and enter the token of "
                        + ".*/data/token\\."),
                line);
    }

    /** Starts the server, waits for a line of its output, and stops it. @return the line */
    private String served(String start) throws Exception {
        Run run = new AssembledDistribution()
                .begin(
                        folder.resolve("run"),
                        Map.of(
                                "DISPLAY", ":99",
                                "JAVA_HOME", System.getProperty("java.home"),
                                "PATH", commands.toString()),
                        "serve",
                        "--open",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString());
        try {
            run.awaitWhileRunning(() -> lines(run, start).size() == 1);
            return lines(run, start).get(0);
        } finally {
            run.process().destroyForcibly();
        }
    }

    private static List<String> lines(Run run, String start) {
        try {
            // The last line may still be written.
            return Stream.of(run.out().split("(?<=\n)"))
                    .filter(line -> line.startsWith(start) && line.endsWith("\n"))
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
