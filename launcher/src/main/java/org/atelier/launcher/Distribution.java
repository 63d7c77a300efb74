package org.atelier.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a distribution: {@code bundle/05}, {@code bundle/10} … contain the bundles of one start level each, as jars or
 * as unpacked folders.
 *
 * @param home the folder
 */
record Distribution(Path home) {

    /** A bundle file or folder and its start level. */
    record Part(int startLevel, Path location) {}

    Distribution {
        home = home.toAbsolutePath().normalize();
    }

    /** Returns all bundles up to a start level, ordered by level and name. */
    List<Part> parts(int highest) {
        List<Part> parts = children(home.resolve("bundle")).stream()
                .filter(level -> startLevel(level) <= highest)
                .flatMap(level -> children(level).stream().map(bundle -> new Part(startLevel(level), bundle)))
                .toList();
        if (parts.isEmpty()) {
            throw new CannotStartException(
                    "no bundles in " + home.resolve("bundle") + "; unpack the distribution again");
        }
        return parts;
    }

    /** The folder of the configuration files. */
    Path configuration() {
        return home.resolve("config");
    }

    /** The folder of deployed bundles. */
    Path deployFolder() {
        return home.resolve("deploy");
    }

    /** Returns the logging configuration; that of a server also logs to a file. */
    Path loggingConfiguration(boolean serves) {
        return configuration().resolve(serves ? "org.ops4j.pax.logging.serve.cfg" : "org.ops4j.pax.logging.cfg");
    }

    private static int startLevel(Path folder) {
        String name = folder.getFileName().toString();
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException e) {
            throw new CannotStartException("the folder " + folder + " is not named by a start level", e);
        }
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new CannotStartException(
                    "the folder " + folder + " cannot be read; unpack the distribution again", e);
        }
    }
}
