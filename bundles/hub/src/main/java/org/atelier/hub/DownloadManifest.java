package org.atelier.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.atelier.models.library.HubCache;

/**
 * The downloaded files of a commit, for verification without the hub and without symbolic links: one line per file with hash, size and
 * path. It is stored in a folder that huggingface_hub ignores.
 */
final class DownloadManifest {

    private final Path file;

    DownloadManifest(HubCache cache, String repository, String commit) {
        this.file = cache.repository(repository).resolve(".atelier").resolve(commit);
    }

    /** Reads the files downloaded by all pulls of the commit; empty if there were none. */
    List<RemoteFile> files() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<RemoteFile> files = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[1].matches("\\d{1,18}") && RemoteFile.isSafe(words[2])) {
                BlobDigest.parse(words[0])
                        .ifPresent(digest -> files.add(new RemoteFile(words[2], Long.parseLong(words[1]), digest)));
            }
        }
        return files;
    }

    /** Adds the files of a pull. */
    void add(List<RemoteFile> fetched) throws IOException {
        Map<String, RemoteFile> all = new LinkedHashMap<>();
        files().forEach(known -> all.put(known.path(), known));
        fetched.forEach(now -> all.put(now.path(), now));
        CachedModel.write(
                file,
                all.values().stream()
                        .map(line -> line.digest().hex() + " " + line.size() + " " + line.path() + "\n")
                        .collect(Collectors.joining()));
    }
}
