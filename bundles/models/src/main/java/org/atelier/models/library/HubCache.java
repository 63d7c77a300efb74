package org.atelier.models.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The cache of models in huggingface_hub's layout, shared with it: {@code models--org--name/} with {@code
 * refs/REVISION} that hold a commit, and {@code snapshots/COMMIT/} that hold the files, or links to {@code blobs/HASH}.
 * This class only reads it.
 *
 * @param folder root of the cache; need not exist
 */
public record HubCache(Path folder) {

    private static final String PREFIX = "models--";

    /**
     * The cache that the environment names, as huggingface_hub reads it.
     *
     * @param environment HF_HUB_CACHE, or HF_HOME and {@code hub} in it, or XDG_CACHE_HOME and {@code huggingface/hub} in it
     * @param home of the user, whose {@code .cache/huggingface/hub} it is otherwise
     */
    public static HubCache of(Map<String, String> environment, Path home) {
        return new HubCache(given(environment, "HF_HUB_CACHE", home)
                .or(() -> given(environment, "HUGGINGFACE_HUB_CACHE", home))
                .orElseGet(() -> homeOf(environment, home).resolve("hub"))
                .toAbsolutePath()
                .normalize());
    }

    /**
     * The home folder of huggingface_hub: HF_HOME, or {@code huggingface} in XDG_CACHE_HOME, or {@code
     * ~/.cache/huggingface}.
     */
    public static Path homeOf(Map<String, String> environment, Path home) {
        return given(environment, "HF_HOME", home).orElseGet(() -> given(environment, "XDG_CACHE_HOME", home)
                .orElse(home.resolve(".cache"))
                .resolve("huggingface"));
    }

    private static Optional<Path> given(Map<String, String> environment, String variable, Path home) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(value -> value.equals("~") || value.startsWith("~/")
                        ? home.resolve(value.substring(Math.min(2, value.length())))
                        : Path.of(value));
    }

    /** The folder of a repository. */
    public Path repository(String repository) {
        return folder.resolve(PREFIX + repository.replace("/", "--"));
    }

    /** The folder of the files of a commit. */
    public Path snapshot(String repository, String commit) {
        return repository(repository).resolve("snapshots").resolve(commit);
    }

    /** Resolves a revision to its cached commit; a commit resolves to itself. */
    public Optional<String> commit(HubName name) {
        if (name.isPinned()) {
            return Optional.of(name.revision());
        }
        Path ref = repository(name.repository()).resolve("refs").resolve(name.revision());
        if (!Files.isRegularFile(ref)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(ref, StandardCharsets.UTF_8).strip())
                    .filter(HubName::isCommit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the files of a model; empty if it is not cached. */
    public Optional<Path> find(HubName name) {
        return commit(name).map(commit -> snapshot(name.repository(), commit)).filter(Files::isDirectory);
    }

    /** A single file of the hub; empty if it is not cached. */
    public Optional<Path> find(HubFile file) {
        return find(file.model()).map(folder -> folder.resolve(file.path())).filter(Files::isRegularFile);
    }

    /** A name for every snapshot: its branch or tag if there is one, otherwise its commit. */
    List<HubName> names() {
        List<HubName> names = new ArrayList<>();
        for (Path cached : children(folder)) {
            String name = cached.getFileName().toString();
            if (name.startsWith(PREFIX)) {
                HubName.parse(name.substring(PREFIX.length()).replace("--", "/"))
                        .ifPresent(found -> names.addAll(namesOf(found.repository())));
            }
        }
        return names;
    }

    private List<HubName> namesOf(String repository) {
        List<HubName> names = new ArrayList<>();
        TreeSet<String> unnamed = new TreeSet<>();
        children(repository(repository).resolve("snapshots"))
                .forEach(snapshot -> unnamed.add(snapshot.getFileName().toString()));
        for (Path ref : files(repository(repository).resolve("refs"))) {
            HubName name = new HubName(
                    repository,
                    repository(repository)
                            .resolve("refs")
                            .relativize(ref)
                            .toString()
                            .replace('\\', '/'));
            commit(name)
                    .filter(commit -> Files.isDirectory(snapshot(repository, commit)))
                    .ifPresent(commit -> {
                        unnamed.remove(commit);
                        names.add(name);
                    });
        }
        unnamed.stream().filter(HubName::isCommit).forEach(commit -> names.add(new HubName(repository, commit)));
        return names;
    }

    private static List<Path> children(Path folder) {
        return listed(folder, 1, false);
    }

    private static List<Path> files(Path folder) {
        return listed(folder, Integer.MAX_VALUE, true);
    }

    private static List<Path> listed(Path folder, int depth, boolean files) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.walk(folder, depth)) {
            return inside.filter(path -> !path.equals(folder))
                    .filter(path -> files == Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
