package org.atelier.studio.input;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.RegularFile;
import org.atelier.files.Sha256;
import org.atelier.text.ControlCharacters;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input files of one set. Each file is opened once, however often the request names it, and copied into a private folder
 * while its hash is computed; all readers use the copy. Memory use does not depend on the size of the files. The copies need as
 * much disk space as the files until they are closed.
 */
public final class InputFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputFiles.class);

    private static final int BLOCK_BYTES = 1 << 16;

    private final Path folder;
    private final Map<Path, Path> elsewhere;
    private final Map<Path, InputFile> files = new HashMap<>();
    private final Map<Path, String> generating = new TreeMap<>();
    private Path copies;
    private int started;

    /** @param folder the parent of the folder for the copies; created when the first file is read */
    public InputFiles(Path folder) {
        this(folder, Map.of());
    }

    /**
     * Files of which some lie elsewhere than their paths say.
     *
     * @param folder the parent of the folder for the copies; created when the first file is read
     * @param elsewhere where files lie, by the path that names them
     */
    public InputFiles(Path folder, Map<Path, Path> elsewhere) {
        this.folder = folder;
        this.elsewhere = elsewhere.entrySet().stream()
                .collect(Collectors.toMap(file -> file.getKey().toAbsolutePath().normalize(), Map.Entry::getValue));
    }

    /** The absolute paths that name files elsewhere. */
    public Set<Path> namesElsewhere() {
        return elsewhere.keySet();
    }

    /** The SHA-256 of the files so far that images are generated from, by absolute path: all but contexts. */
    public Map<Path, String> generating() {
        return Map.copyOf(generating);
    }

    /** Returns the folder for input files of a bundle: in its data area, which is removed with the framework's storage. */
    public static Path folderOf(BundleContext bundle) {
        return bundle.getDataFile("inputs").toPath();
    }

    /**
     * Returns a file, read now or when it was first requested.
     *
     * @throws AtelierException {@code INPUT_UNREADABLE} if it cannot be read or is too large for its kind; {@code
     *     OUTPUT_UNWRITABLE} if it cannot be copied
     */
    public InputFile read(Path file, InputKind kind) {
        Path source = file.toAbsolutePath().normalize();
        InputFile known = files.get(source);
        if (known == null) {
            known = copied(source, kind);
            files.put(source, known);
        }
        if (kind != InputKind.CONTEXT && kind != InputKind.INVERSIONS) {
            generating.put(source, known.sha256());
        }
        return known;
    }

    private InputFile copied(Path source, InputKind kind) {
        Path place = elsewhere.getOrDefault(source, source);
        try (InputStream in = opened(place, kind)) {
            Path copy = newCopy(source);
            try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
                String sha256 = Sha256.of(hash -> copy(in, hash, out, place, kind));
                return new InputFile(source, copy, sha256);
            } catch (IOException e) {
                throw uncopied(source, e);
            }
        } catch (IOException e) {
            throw unreadable(place, IoErrors.of(e), e);
        }
    }

    private static InputStream opened(Path source, InputKind kind) throws IOException {
        if (Files.isDirectory(source)) {
            throw unreadable(source, "a folder, not " + kind.title(), null);
        }
        RegularFile.require(source);
        if (Files.size(source) > kind.maxBytes()) {
            throw unreadable(source, kind.tooLarge(), null);
        }
        return Files.newInputStream(source);
    }

    /** Creates a folder for each copy, since several files of a set may have the same name. */
    private Path newCopy(Path source) {
        try {
            if (copies == null) {
                Files.createDirectories(folder);
                copies = Files.createTempDirectory(folder, "set-");
            }
            Path own = Files.createDirectory(copies.resolve(Integer.toString(started++)));
            return own.resolve(source.getFileName());
        } catch (IOException e) {
            throw uncopied(source, e);
        }
    }

    private static void copy(InputStream in, OutputStream hash, OutputStream out, Path source, InputKind kind)
            throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long bytes = 0;
        for (int read = read(in, block, source); read >= 0; read = read(in, block, source)) {
            bytes += read;
            // A file may grow while it is read.
            if (bytes > kind.maxBytes()) {
                throw unreadable(source, kind.tooLarge(), null);
            }
            hash.write(block, 0, read);
            out.write(block, 0, read);
        }
    }

    private static int read(InputStream in, byte[] block, Path source) {
        try {
            return in.read(block);
        } catch (IOException e) {
            throw unreadable(source, IoErrors.of(e), e);
        }
    }

    private static AtelierException unreadable(Path source, String reason, IOException cause) {
        return new AtelierException(
                INPUT_UNREADABLE, "%s: %s.".formatted(ControlCharacters.shown(source.toString()), reason), cause);
    }

    private AtelierException uncopied(Path source, IOException cause) {
        return new AtelierException(
                OUTPUT_UNWRITABLE,
                "%s cannot be copied to %s: %s; free space there.".formatted(source, folder, IoErrors.of(cause)),
                cause);
    }

    /** Removes the copies. */
    @Override
    public void close() {
        if (copies != null) {
            try {
                for (Path path : deepestFirst(copies)) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                LOG.warn("Cannot remove the copies of input files in {}: {}", copies, IoErrors.of(e));
            }
            copies = null;
            files.clear();
        }
    }

    private static List<Path> deepestFirst(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
