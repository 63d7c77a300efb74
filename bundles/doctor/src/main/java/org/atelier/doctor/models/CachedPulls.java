package org.atelier.doctor.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.doctor.DanglingSymlink;
import org.atelier.doctor.Findings;
import org.atelier.models.library.HubCache;

/**
 * Checks the hub cache for interrupted pulls and files whose content is missing.
 *
 * @param cache the cache, shared with huggingface_hub
 */
record CachedPulls(HubCache cache) {

    private static final String PREFIX = "models--";

    void examine(Findings findings) throws IOException {
        for (Path repository : children(cache.folder())) {
            String folder = repository.getFileName().toString();
            if (folder.startsWith(PREFIX)) {
                examine(repository, folder.substring(PREFIX.length()).replace("--", "/"), findings);
            }
        }
    }

    private static void examine(Path repository, String name, Findings findings) throws IOException {
        long unfinished = children(repository.resolve("blobs")).stream()
                .filter(blob -> blob.getFileName().toString().endsWith(".incomplete"))
                .count();
        if (unfinished > 0) {
            findings.warning(
                    "model " + name,
                    "A pull of it was interrupted or is running: %d of its files are incomplete.".formatted(unfinished),
                    "Continue it with \"atelier models pull %s\".".formatted(name));
        }
        List<Path> lost = lostFiles(repository.resolve("snapshots"));
        if (!lost.isEmpty()) {
            findings.fault(
                    "model " + name,
                    "The content of %d of its files is missing: %s.".formatted(lost.size(), names(lost)),
                    "Fetch it again with \"atelier models pull %s\".".formatted(name));
        }
    }

    private static String names(List<Path> files) {
        return String.join(
                ", ",
                files.stream()
                        .limit(3)
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    /** A snapshot consists of symbolic links; the content of a dangling link is missing. */
    private static List<Path> lostFiles(Path snapshots) throws IOException {
        if (!Files.isDirectory(snapshots)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(snapshots)) {
            return files.filter(DanglingSymlink::is).sorted().toList();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
