package org.atelier.spark;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;

/**
 * A temporary folder of this machine, deleted by {@link #close}.
 *
 * @param path of the folder
 */
record LocalFolder(Path path) implements AutoCloseable {

    /** Creates a folder in the first local folder that the cluster gives to this process. */
    static LocalFolder create() throws IOException {
        String configured =
                SparkEnv.get() == null ? null : SparkEnv.get().conf().get("spark.local.dir", null);
        String parents = Stream.of(
                        System.getenv("LOCAL_DIRS"),
                        System.getenv("SPARK_LOCAL_DIRS"),
                        configured,
                        System.getProperty("java.io.tmpdir"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        Path parent = Path.of(parents.split(",")[0]);
        Files.createDirectories(parent);
        return new LocalFolder(Files.createTempDirectory(parent, "atelier-"));
    }

    /** The files in a folder and the folders in it, as paths relative to it, sorted. */
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** A process that ends may delete files of its own at the same time. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (Files.exists(file)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
