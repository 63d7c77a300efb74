package org.atelier.it.harness;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A third-party bundle that is compiled and packed from source; needs bnd on the class path of the test.
 *
 * @param name of the bundle and of its one package
 * @param sources its files
 * @param classPath its compile class path
 */
public record SourceBundle(String name, List<Path> sources, List<File> classPath) {

    /**
     * Compiles and packs the bundle.
     *
     * @param classes an empty folder
     * @param headers additional manifest headers
     * @return its manifest
     */
    public Manifest writeTo(Path jar, Path classes, Map<String, String> headers) throws Exception {
        compile(classes);
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(name);
            builder.setBundleVersion("1.0.0");
            builder.addClasspath(classes.toFile());
            builder.addClasspath(classPath);
            builder.setPrivatePackage(name);
            builder.setProperty("-noimportjava", "true");
            headers.forEach(builder::setProperty);
            Jar built = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new AssertionError(builder.getErrors().toString());
            }
            built.write(jar.toFile());
            return built.getManifest();
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
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new AssertionError("the sources of " + name + " do not compile; see standard error");
            }
        }
    }
}
