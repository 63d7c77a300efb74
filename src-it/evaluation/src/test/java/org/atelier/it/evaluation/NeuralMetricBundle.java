package org.atelier.it.evaluation;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A bundle with a metric that runs a network, as somebody else would make it: compiled against {@code api}, {@code onnx},
 * {@code pictures}, {@code models} and OSGi's annotations.
 */
final class NeuralMetricBundle {

    static final Path SOURCE = Path.of("src/third-party/org/example/embedding/EmbeddingSimilarity.java")
            .toAbsolutePath();

    private static final String NAME = "org.example.embedding";
    private static final Pattern COMPILED_AGAINST =
            Pattern.compile("org\\.atelier\\.(api|onnx|pictures|models)-.+\\.jar"
                    + "|(osgi\\.annotation|org\\.osgi\\.service\\.(component|metatype)\\.annotations)-.+\\.jar");

    private final List<File> classPath = Arrays.stream(
                    System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
            .map(File::new)
            .filter(file -> COMPILED_AGAINST.matcher(file.getName()).matches())
            .toList();

    /**
     * Compiles and packs it.
     *
     * @param classes an empty folder
     * @return its manifest
     */
    Manifest writeTo(Path file, Path classes) throws Exception {
        compile(classes);
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(NAME);
            builder.setBundleVersion("1.0.0");
            builder.addClasspath(classes.toFile());
            builder.addClasspath(classPath);
            builder.setPrivatePackage(NAME);
            builder.setProperty("-noimportjava", "true");
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new AssertionError(builder.getErrors().toString());
            }
            jar.write(file.toFile());
            return jar.getManifest();
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
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(SOURCE))
                    .call()) {
                throw new AssertionError("the metric does not compile; see standard error");
            }
        }
    }
}
