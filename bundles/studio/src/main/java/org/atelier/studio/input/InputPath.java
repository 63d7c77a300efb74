package org.atelier.studio.input;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.atelier.api.AtelierException;

/** The path of an input file, as a request names it. */
public final class InputPath {

    private InputPath() {}

    /**
     * Returns the absolute, normalised path; does not check whether the file exists.
     *
     * @throws AtelierException {@code INVALID_REQUEST} if the name is not a valid path
     */
    public static Path of(String name) {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new AtelierException(INVALID_REQUEST, "'%s' is not a file name.".formatted(name), e);
        }
    }
}
