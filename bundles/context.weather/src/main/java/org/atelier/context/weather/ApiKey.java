package org.atelier.context.weather;

import static org.atelier.api.AtelierException.Code.INPUT_UNREADABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.atelier.api.AtelierException;

/** The API key of a service; {@code toString} does not reveal it. */
final class ApiKey {

    /** The environment variable with the key of OpenWeather. */
    static final String VARIABLE = "OPENWEATHER_API_KEY";

    private static final Set<PosixFilePermission> OTHERS_PERMISSIONS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * Finds a key, first in the environment.
     *
     * @param environment returns the value of a variable
     * @param file contains the key and is readable by its owner only; empty for none
     * @throws AtelierException if the file cannot be read, or others may read it
     */
    static Optional<ApiKey> find(UnaryOperator<String> environment, String file) {
        String variable = environment.apply(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return Optional.of(new ApiKey(variable.strip()));
        }
        return file.isBlank() ? Optional.empty() : Optional.of(new ApiKey(read(Path.of(file))));
    }

    /** The key in plain text, for requests only. */
    String secret() {
        return secret;
    }

    /** Replaces the key in a text. */
    String redact(String text) {
        return text.replace(secret, "***");
    }

    private static String read(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw fault(file, "is not a regular file; name a text file that holds the key", null);
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_PERMISSIONS::contains)) {
                throw fault(file, "can be read by other users; run chmod 600 on it", null);
            }
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw fault(file, "is empty; write the key into it", null);
            }
            return key;
        } catch (IOException e) {
            throw fault(file, "cannot be read; check its path and permissions", e);
        }
    }

    private static AtelierException fault(Path file, String why, IOException cause) {
        return new AtelierException(
                INPUT_UNREADABLE, "The file %s with OpenWeather's key %s.".formatted(file, why), cause);
    }

    @Override
    public String toString() {
        return "***";
    }
}
