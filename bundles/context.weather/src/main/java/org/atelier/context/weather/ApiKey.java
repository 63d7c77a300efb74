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

/** The key of a service; its text form does not tell it. */
final class ApiKey {

    /** The environment's variable that holds the key of OpenWeather. */
    static final String VARIABLE = "OPENWEATHER_API_KEY";

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * Looks for a key, in the environment first.
     *
     * @param environment values by variable
     * @param file that holds the key and that no one but its owner may read; empty for none
     * @throws AtelierException if the file cannot be read, or others may read it
     */
    static Optional<ApiKey> find(UnaryOperator<String> environment, String file) {
        String variable = environment.apply(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return Optional.of(new ApiKey(variable.strip()));
        }
        return file.isBlank() ? Optional.empty() : Optional.of(new ApiKey(read(Path.of(file))));
    }

    /** To be put into a request, and nowhere else. */
    String secret() {
        return secret;
    }

    /** The text without the key, should it hold it. */
    String keptOutOf(String text) {
        return text.replace(secret, "***");
    }

    private static String read(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw fault(file, "may be read by others; chmod 600 it", null);
            }
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw fault(file, "is empty", null);
            }
            return key;
        } catch (IOException e) {
            throw fault(file, "cannot be read", e);
        }
    }

    private static AtelierException fault(Path file, String why, IOException cause) {
        return new AtelierException(
                INPUT_UNREADABLE, "The file of OpenWeather's key, %s, %s.".formatted(file, why), cause);
    }

    @Override
    public String toString() {
        return "***";
    }
}
