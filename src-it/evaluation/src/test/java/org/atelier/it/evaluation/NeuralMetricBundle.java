package org.atelier.it.evaluation;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.atelier.it.harness.SourceBundle;

/**
 * A third-party bundle with a neural metric, compiled against {@code api}, {@code onnx},
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
        return new SourceBundle(NAME, List.of(SOURCE), classPath).writeTo(file, classes, Map.of());
    }
}
