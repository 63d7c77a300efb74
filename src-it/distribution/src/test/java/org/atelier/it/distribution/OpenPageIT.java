package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    @TempDir
    private Path folder;

    private Path commands;

    /** All commands of this machine but the one that opens files. */
    @BeforeEach
    void linkCommands() throws IOException {
        commands = Files.createDirectory(folder.resolve("commands"));
        for (String path : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(path))) {
                try (Stream<Path> files = Files.list(Path.of(path))) {
                    for (Path file : files.toList()) {
                        Path link = commands.resolve(file.getFileName());
                        if (!link.endsWith(OPENER) && Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
                            Files.createSymbolicLink(link, file);
                        }
                    }
                }
            }
        }
    }

    @Test
    void givesTheBrowserAFileThatLeadsToThePageWithTheToken() throws Exception {
        Path opened = folder.resolve("opened.html");
        Path script = Files.writeString(
                commands.resolve(OPENER), "#!/bin/sh\ncp \"$1\" '%1$s.part' && mv '%1$s.part' '%1$s'\n".formatted(opened));
        assertTrue(script.toFile().setExecutable(true));

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
                        Map.of("DISPLAY", ":99", "PATH", commands.toString()),
                        "serve",
                        "--open",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString());
        try {
            run.awaitWhileRunning(() -> lines(run, start).size() == 1);
            assertEquals("", run.err());
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
