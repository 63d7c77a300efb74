package org.atelier.it.distribution;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
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
        compile(work);
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(name);
            builder.setBundleVersion("1.0.0");
            builder.addClasspath(work.toFile());
            builder.addClasspath(classPath);
            builder.setPrivatePackage(name);
            builder.setProperty("-noimportjava", "true");
            headers.forEach(builder::setProperty);
            Jar built = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new AssertionError(builder.getErrors().toString());
            }
            built.write(jar.toFile());
        }
    }

    private void compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    classPath.stream().map(File::toString).collect(Collectors.joining(File.pathSeparator)));
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources(sources)))
                    .call();
            if (!compiled) {
                throw new AssertionError("the third party's sources do not compile; see standard error");
            }
        }
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
