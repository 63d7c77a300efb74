package org.atelier.studio.input;

import static org.atelier.api.AtelierException.Code.MODEL_INVALID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.files.Sha256;

/** The SHA-256 of large files, computed once for each state of a file. Thread-safe. */
public final class FileHashes {

    /** The state of a file, which changes when it is written. */
    private record State(long size, FileTime modified, Object key) {}

    private record Known(State state, String sha256) {}

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /** @throws AtelierException {@code MODEL_INVALID} if the file cannot be read */
    public String of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            State state =
                    new State(attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
            Known earlier = known.get(file);
            if (earlier == null || !earlier.state.equals(state)) {
                earlier = new Known(state, Sha256.of(file));
                known.put(file, earlier);
            }
            return earlier.sha256;
        } catch (IOException e) {
            throw new AtelierException(MODEL_INVALID, file + " cannot be read: " + IoErrors.of(e) + ".", e);
        }
    }
}
