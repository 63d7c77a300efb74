package org.atelier.web.data;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.wire.ServerRecord;
import org.osgi.framework.BundleContext;

/**
 * The files of the endpoint in the data folder of a server: the token and the server information.
 *
 * @param folder the data folder, locked by this process
 * @param userToken the token that the user has set
 */
public record DataFiles(Path folder, Optional<String> userToken) {

    /** The framework property that names the data folder; the launcher sets it. */
    private static final String DATA = "atelier.data";

    /** The framework property with the token that the user has set, if any. */
    private static final String TOKEN = "atelier.token";

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns those of the data folder of this process. */
    public static DataFiles of(BundleContext context) {
        return new DataFiles(Path.of(context.getProperty(DATA)), Optional.ofNullable(context.getProperty(TOKEN)));
    }

    /** @param folder the data folder of a server whose user has set no token */
    public DataFiles(Path folder) {
        this(folder, Optional.empty());
    }

    /**
     * Returns the token that callers must send, and stores it for other processes of this user. It is the one that the user has
     * set; else one that is created once and kept across restarts. An invalid one is replaced.
     */
    public String token() {
        userToken.ifPresent(token -> write(folder.resolve(ServerRecord.TOKEN_FILE), token + "\n"));
        return userToken.orElseGet(this::storedToken);
    }

    private String storedToken() {
        Path file = folder.resolve(ServerRecord.TOKEN_FILE);
        try {
            if (Files.exists(file)) {
                String existing = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
                if (existing.matches("[0-9a-f]{" + 2 * TOKEN_BYTES + "}")) {
                    return existing;
                }
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        write(file, token + "\n");
        return token;
    }

    /** Returns a folder in the data folder that only the owner can enter; creates it if missing. */
    public Path privateFolder(String name) {
        Path inside = folder.resolve(name);
        try {
            return PrivateFile.folder(inside);
        } catch (IOException e) {
            throw unusable(inside, e);
        }
    }

    /**
     * Writes the address and process id of this server for other processes of this machine.
     *
     * @param certificates the SHA-256 digests of the certificates that the server may present, in hexadecimal digits
     */
    public void announce(URI address, List<String> certificates, String version) {
        ServerRecord record =
                new ServerRecord(ProcessHandle.current().pid(), address, certificates, Instant.now(), version);
        write(folder.resolve(ServerRecord.FILE), record.toJson() + "\n");
    }

    /** Removes what {@link #announce} has written. */
    public void withdraw() {
        Path file = folder.resolve(ServerRecord.FILE);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            PrivateFile.write(file, text);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Returns the fault of a file in the data folder that cannot be read or written. */
    public static AtelierException unusable(Path file, IOException reason) {
        return new AtelierException(
                AtelierException.Code.OUTPUT_UNWRITABLE,
                "Cannot use %s in the data folder: %s; check its permissions, or choose another folder with --data."
                        .formatted(file, IoErrors.of(reason)),
                reason);
    }
}
