package org.atelier.doctor.bundles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bundles of the distribution that this process does not start: those of a server, while a command runs. */
public final class IdleBundles {

    private final Set<String> symbolicNames;

    private IdleBundles(Set<String> symbolicNames) {
        this.symbolicNames = symbolicNames;
    }

    /**
     * @param home the folder of the distribution, with {@code bundle/LEVEL/NAME-VERSION.jar}
     * @param installed the symbolic names of the installed bundles
     */
    public static IdleBundles in(Path home, Set<String> installed) throws IOException {
        Path bundles = home.resolve("bundle");
        if (!Files.isDirectory(bundles)) {
            return new IdleBundles(Set.of());
        }
        try (Stream<Path> files = Files.walk(bundles, 2)) {
            return new IdleBundles(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceFirst("-\\d.*$", ""))
                    .filter(name -> !installed.contains(name))
                    .collect(Collectors.toSet()));
        }
    }

    /** Whether a configuration belongs to one of them. */
    public boolean read(String pid) {
        return symbolicNames.stream().anyMatch(name -> pid.equals(name) || pid.startsWith(name + "."));
    }
}
