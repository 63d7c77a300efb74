package org.atelier.it.distribution;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.it.harness.SourceBundle;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * A bundle as somebody else would make it: compiled against two bundles of the distribution, {@code api} and {@code
 * tensor}, DJL's interfaces, OSGi's framework and its annotations, and nothing of this build.
 */
final class ThirdPartyBundle {

    static final Path SOURCES = Path.of("src/third-party").toAbsolutePath();

    private final String name;
    private final Path sources;
    private final List<File> classPath;

    /** @param home of the distribution that it is made for */
    ThirdPartyBundle(Path home) throws IOException, URISyntaxException {
        this(home, "org.example.mixing", SOURCES);
    }

    /**
     * @param name of the bundle and of its one package
     * @param sources the folder of its sources
     */
    ThirdPartyBundle(Path home, String name, Path sources) throws IOException, URISyntaxException {
        this.name = name;
        this.sources = sources;
        this.classPath = List.of(
                jar(home.resolve("lib"), "org.apache.felix.framework-"),
                jar(home.resolve("bundle/30"), "org.atelier.api-"),
                jar(home.resolve("bundle/30"), "org.atelier.tensor-"),
                home.resolve("bundle/20/org.atelier.libs.djl/lib/djl-api.jar").toFile(),
                jarOf(Component.class),
                jarOf(Designate.class));
    }

    static List<Path> sources() throws IOException {
        return sources(SOURCES);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** Compiles and packs it. */
    void writeTo(Path jar, Path work) throws Exception {
        writeTo(jar, work, Map.of());
    }

    /** @param headers for its manifest, besides those that follow from its classes */
    void writeTo(Path jar, Path work, Map<String, String> headers) throws Exception {
        new SourceBundle(name, sources(sources), classPath).writeTo(jar, work, headers);
    }

    private static File jar(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(Path::toFile)
                    .findFirst()
                    .orElseThrow(() -> new UncheckedIOException(new IOException("no " + prefix + " in " + folder)));
        }
    }

    private static File jarOf(Class<?> type) throws URISyntaxException {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
