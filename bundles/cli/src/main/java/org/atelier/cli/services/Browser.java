package org.atelier.cli.services;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The browser of the user.
 *
 * @param commands the commands that open a file, without the file, in the order in which they are tried; empty if there is no
 *     display
 */
public record Browser(List<List<String>> commands) {

    /** A command that still runs by then has opened the file: some end with the browser. */
    private static final int TIMEOUT_SECONDS = 5;

    /** Variables that are secrets of the server, or set by {@code bin/atelier} for its own process. */
    private static final List<String> OWN_VARIABLES =
            List.of("ATELIER_", "MALLOC_", "LD_PRELOAD", "GOMP_SPINCOUNT", "THP_MEM_ALLOC_ENABLE");

    /** Returns the browser of this session. */
    public static Browser ofThisUser() {
        return of(System.getProperty("os.name"), System.getenv());
    }

    static Browser of(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return new Browser(List.of(List.of("rundll32", "url.dll,FileProtocolHandler")));
        }
        if (name.startsWith("mac")) {
            return new Browser(List.of(List.of("open")));
        }
        boolean hasDisplay = Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
        // In a session of its own, so that Ctrl-C ends the server and not the browser.
        return new Browser(hasDisplay ? List.of(List.of("setsid", "xdg-open"), List.of("xdg-open")) : List.of());
    }

    /** Opens a file. @return whether a command accepted it */
    boolean open(Path file) {
        return commands.stream().anyMatch(command -> run(command, file));
    }

    private static boolean run(List<String> command, Path file) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(file.toString()))
                        .toList())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> OWN_VARIABLES.stream().anyMatch(name::startsWith));
        try {
            Process process = builder.start();
            return !process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such command.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
