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

/** SHA-256 hashes of files by relative path. */
public final class FolderHashes {

    private FolderHashes() {}

    /** Hashes the selected files at any depth; empty if the folder does not exist. */
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
