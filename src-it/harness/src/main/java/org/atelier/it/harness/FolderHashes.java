package org.atelier.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.atelier.files.Sha256;

/** The SHA-256 of files by their path in a folder. */
public final class FolderHashes {

    private FolderHashes() {}

    /** Of the files that are chosen, at any depth; none where there is no such folder. */
    public static Map<String, String> of(Path folder, Predicate<Path> chosen) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(Files::isRegularFile).filter(chosen).toList()) {
                    hashes.put(folder.relativize(file).toString(), Sha256.of(file));
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return hashes;
    }
}
