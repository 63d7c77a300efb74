package org.atelier.web.uploads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.files.AtomicFile;
import org.atelier.web.http.ApiError;

/** The folder of the stored uploads. Their time of modification is that of their last use. */
final class UploadFolder {

    private static final Pattern STORED = Pattern.compile("[0-9a-f]{64}\\.(png|audio)");

    private final Path folder;
    private final UploadLimits limits;
    private final InstantSource clock;

    /** @param folder that only the owner can enter */
    UploadFolder(Path folder, UploadLimits limits, InstantSource clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /** A stored file. */
    private record Stored(Path file, long bytes, FileTime used) {

        String name() {
            return file.getFileName().toString();
        }
    }

    /** Returns a new name for a file that is not finished. */
    Path unfinished() {
        return folder.resolve(UUID.randomUUID() + AtomicFile.UNFINISHED);
    }

    Path stored(String sha256, Upload.Kind kind) {
        return folder.resolve(sha256 + kind.suffix());
    }

    void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }

    /** Removes what a killed server has left unfinished. */
    void removeUnfinished() throws IOException {
        for (Path file : list()) {
            if (file.getFileName().toString().endsWith(AtomicFile.UNFINISHED)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Removes files that are too old, and those whose last use is the longest ago until another one fits.
     *
     * @param bytes of the other file
     * @param needed whether a waiting or running job names a file
     * @throws ApiError if it does not fit
     */
    void makeRoom(long bytes, Predicate<String> needed) throws IOException {
        List<Stored> kept = new ArrayList<>();
        for (Stored stored : stored()) {
            if (isOlder(stored, limits.age()) && !needed.test(stored.name())) {
                Files.deleteIfExists(stored.file());
            } else {
                kept.add(stored);
            }
        }
        kept.sort(Comparator.comparing(Stored::used));
        long total = bytes + kept.stream().mapToLong(Stored::bytes).sum();
        int count = kept.size() + 1;
        for (Stored stored : kept) {
            boolean fits = count <= limits.files() && total <= limits.totalBytes();
            if (!fits && isOlder(stored, limits.grace()) && !needed.test(stored.name())) {
                Files.deleteIfExists(stored.file());
                count--;
                total -= stored.bytes();
            }
        }
        if (count > limits.files() || total > limits.totalBytes()) {
            throw ApiError.of(
                    429,
                    "uploads_full",
                    "Uploads that jobs need, or that are new, use all the space (%d files, %d MiB at most); try again later."
                            .formatted(limits.files(), limits.totalBytes() >> 20));
        }
    }

    private boolean isOlder(Stored stored, Duration age) {
        return stored.used().toInstant().plus(age).isBefore(clock.instant());
    }

    private List<Stored> stored() throws IOException {
        List<Stored> stored = new ArrayList<>();
        for (Path file : list()) {
            if (STORED.matcher(file.getFileName().toString()).matches()) {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                stored.add(new Stored(file, attributes.size(), attributes.lastModifiedTime()));
            }
        }
        return stored;
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
