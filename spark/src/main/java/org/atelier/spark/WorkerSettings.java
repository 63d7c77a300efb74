package org.atelier.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;

/**
 * How worker processes are started.
 *
 * @param home Atelier's folder, the same on every machine; {@code null} for the archive of the job
 * @param threads of the processor that generate an image
 */
record WorkerSettings(String home, int threads) implements Serializable {

    /** The name of the folder that Spark unpacks the archive to: {@code --archives atelier.zip#atelier}. */
    static final String ARCHIVE = "atelier";

    /**
     * Atelier's folder on this machine. That of an archive may have one folder around it.
     *
     * @throws WorkerDiedException if there is none
     */
    Path folder() throws WorkerDiedException {
        List<Path> candidates = home != null
                ? List.of(Path.of(home))
                : List.of(Path.of(SparkFiles.get(ARCHIVE)), Path.of(ARCHIVE).toAbsolutePath());
        for (Path candidate : candidates) {
            for (Path folder : withChildren(candidate)) {
                if (Files.isRegularFile(launcher(folder))) {
                    return folder;
                }
            }
        }
        throw new WorkerDiedException(
                home != null
                        ? "%s has no bin/atelier; --home takes Atelier's folder, which must be on every machine."
                                .formatted(home)
                        : "The job has no Atelier; add --archives atelier.zip#atelier, or --home DIR if every machine has it.");
    }

    static Path launcher(Path folder) {
        return folder.resolve("bin").resolve("atelier");
    }

    private static List<Path> withChildren(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return Stream.concat(Stream.of(folder), children.sorted()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }
}
