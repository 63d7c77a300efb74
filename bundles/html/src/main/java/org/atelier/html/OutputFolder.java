package org.atelier.html;

import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.files.AtomicFile;
import org.atelier.files.IoErrors;

/** A folder that is empty at the start and later has a page and what belongs to it. */
public record OutputFolder(Path path) {

    /** @param faults collects a fault if the folder is not empty */
    public void check(Faults faults) {
        try {
            if (Files.exists(path) && !isEmpty()) {
                faults.add(new AtelierException(
                        OUTPUT_UNWRITABLE, "%s is not empty; choose another folder or empty it.".formatted(path)));
            }
        } catch (IOException e) {
            faults.add(unwritable(path, e));
        }
    }

    /**
     * Writes a file atomically.
     *
     * @return its path
     * @throws AtelierException if it cannot be written
     */
    public Path write(String name, String text) {
        Path file = path.resolve(name);
        try {
            AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file;
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static AtelierException unwritable(Path file, IOException reason) {
        return new AtelierException(
                OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(file, IoErrors.of(reason)), reason);
    }
}
