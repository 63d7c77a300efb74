package org.atelier.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atelier.api.model.PullListener;
import org.atelier.models.library.HubCache;

/** Verifies the hashes of a snapshot: those of the download manifest and, for files of other programs, those in the names of the blobs. */
final class Verification {

    private final HubCache cache;
    private final String repository;
    private final String commit;
    private final PullListener listener;

    Verification(HubCache cache, String repository, String commit, PullListener listener) {
        this.cache = cache;
        this.repository = repository;
        this.commit = commit;
        this.listener = listener;
    }

    /** @return a message for each fault */
    List<String> faults() throws IOException {
        Path snapshot = cache.snapshot(repository, commit);
        List<String> faults = new ArrayList<>();
        Map<String, BlobDigest> promised = new LinkedHashMap<>();
        for (RemoteFile file : new DownloadManifest(cache, repository, commit).files()) {
            promised.put(file.path(), file.digest());
        }
        for (Path file : files(snapshot)) {
            String path = snapshot.relativize(file).toString().replace('\\', '/');
            if (!promised.containsKey(path)) {
                Optional<BlobDigest> digest = digestOf(file);
                digest.ifPresent(known -> promised.put(path, known));
                if (digest.isEmpty() && !Files.exists(file)) {
                    faults.add(path + " is missing: its link leads to no file.");
                } else if (digest.isEmpty()) {
                    listener.noted(path + " cannot be verified: its hash is not known.");
                }
            }
        }
        listener.started(repository, commit, promised.size(), 0);
        for (Map.Entry<String, BlobDigest> file : promised.entrySet()) {
            check(snapshot.resolve(file.getKey()), file.getKey(), file.getValue())
                    .ifPresent(faults::add);
        }
        return faults;
    }

    /** The hash of a linked file, which is the name of the link's target. */
    private static Optional<BlobDigest> digestOf(Path file) throws IOException {
        return Files.isSymbolicLink(file)
                ? BlobDigest.parse(Files.readSymbolicLink(file).getFileName().toString())
                : Optional.empty();
    }

    private Optional<String> check(Path file, String path, BlobDigest digest) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of(path + " is missing.");
        }
        if (digest.matches(file, path, listener)) {
            return Optional.empty();
        }
        Files.delete(file.toRealPath());
        Files.deleteIfExists(file);
        return Optional.of(path + " was damaged and has been removed.");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
