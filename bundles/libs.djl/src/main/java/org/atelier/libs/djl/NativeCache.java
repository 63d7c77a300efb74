package org.atelier.libs.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder into which DJL unpacks its native libraries, a folder for each library in it and one for each version in that.
 *
 * <p>DJL loads what lies there unchecked, and a truncated library ends the process. So the sizes of the files of a library
 * that was loaded are recorded, and a version whose files have other sizes is deleted before it is loaded: DJL unpacks it
 * again.
 *
 * @param folder absolute
 */
record NativeCache(Path folder) {

    private static final Logger LOG = System.getLogger(NativeCache.class.getName());

    /** DJL unpacks into a folder of such a name and renames it when it is complete. */
    private static final String INCOMPLETE = "tmp";

    private static final String RECORD = ".sizes";

    private static final long MEGABYTE = 1L << 20;

    /**
     * A library that DJL unpacks.
     *
     * @param folder that DJL gives it in the cache
     * @param bytes that it takes, at most
     */
    record Library(String folder, long bytes) {

        static final Library TOKENIZERS = new Library("tokenizers", 32 * MEGABYTE);

        static final Library PYTORCH = new Library("pytorch", 512 * MEGABYTE);
    }

    /**
     * A folder, or one for this process alone if that has too little space or cannot be written.
     *
     * @param preferred need not exist
     * @param temporary the system's folder for temporary files
     * @param library what is loaded next, and unpacked unless it is there
     * @throws IllegalStateException if neither can be used
     */
    static NativeCache of(Path preferred, Path temporary, Library library) {
        String reason = reasonAgainst(preferred, library);
        if (reason == null) {
            return new NativeCache(preferred);
        }
        try {
            long free = temporary.toFile().getUsableSpace();
            if (free < library.bytes()) {
                throw new IOException(shortage(free, library));
            }
            Path folder = Files.createTempDirectory(temporary, "atelier-native-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAll(folder), "delete " + folder));
            LOG.log(
                    Level.WARNING,
                    "The cache folder {0} cannot be used ({1}), so native code is unpacked into {2} for this run alone;"
                            + " set XDG_CACHE_HOME to a folder with enough space.",
                    preferred,
                    reason,
                    folder);
            return new NativeCache(folder);
        } catch (IOException e) {
            throw new IllegalStateException(
                    ("native code can be unpacked neither into the cache folder %s (%s) nor into %s (%s);"
                                    + " set XDG_CACHE_HOME to a folder with enough space")
                            .formatted(preferred, reason, temporary, e.getMessage()),
                    e);
        }
    }

    /** A folder that holds the library already need be neither writable nor roomy. */
    private static String reasonAgainst(Path folder, Library library) {
        if (!folder.isAbsolute()) {
            return "the user has no home folder";
        }
        if (Files.isDirectory(folder.resolve(library.folder()))) {
            return null;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        long free = folder.toFile().getUsableSpace();
        if (free < library.bytes()) {
            return shortage(free, library);
        }
        return Files.isWritable(folder) ? null : "no permission";
    }

    private static String shortage(long free, Library library) {
        return "%d MB are free, %s needs %d".formatted(free / MEGABYTE, library.folder(), library.bytes() / MEGABYTE);
    }

    /** Deletes the versions of a library that have other files than they had when they were loaded. */
    void discardDamaged(Library library) {
        Path versions = versionsOf(library);
        for (String line : recorded(library)) {
            Path file = folder.resolve(line.substring(line.indexOf('\t') + 1));
            Path version = versions.resolve(versions.relativize(file).getName(0));
            if (Files.exists(version) && !line.equals(line(file))) {
                LOG.log(Level.WARNING, "The native library {0} is damaged; it is unpacked again.", file);
                deleteAll(version);
            }
        }
    }

    /** Records the sizes of a library that was just loaded. */
    void record(Library library) {
        List<String> lines =
                files(versionsOf(library)).stream().map(this::line).sorted().toList();
        if (lines.equals(recorded(library)) || !Files.isWritable(folder)) {
            return;
        }
        try {
            Path written = Files.createTempFile(folder, library.folder(), RECORD);
            Files.write(written, lines);
            Files.move(written, recordOf(library), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The sizes of " + library.folder() + " cannot be recorded", e);
        }
    }

    private List<String> recorded(Library library) {
        String form = "\\d+\t" + library.folder() + "/[^/]+/.+";
        try {
            return Files.readAllLines(recordOf(library)).stream()
                    .filter(line -> line.matches(form) && !line.contains(".."))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The sizes of " + library.folder() + " cannot be read", e);
            return List.of();
        }
    }

    private Path versionsOf(Library library) {
        return folder.resolve(library.folder());
    }

    private Path recordOf(Library library) {
        return folder.resolve(library.folder() + RECORD);
    }

    private String line(Path file) {
        try {
            return Files.size(file) + "\t" + folder.relativize(file).toString().replace('\\', '/');
        } catch (IOException e) {
            return "missing";
        }
    }

    private static List<Path> files(Path versions) {
        try (Stream<Path> files = Files.walk(versions)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !versions.relativize(file).toString().startsWith(INCOMPLETE))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "The native code in " + versions + " cannot be listed", e);
            return List.of();
        }
    }

    private static void deleteAll(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "the folder %s cannot be deleted (%s); delete it".formatted(root, e.getMessage()), e);
        }
    }
}
