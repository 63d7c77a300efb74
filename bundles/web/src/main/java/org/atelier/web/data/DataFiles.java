package org.atelier.web.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.atelier.api.AtelierException;
import org.atelier.files.IoErrors;
import org.atelier.wire.ServerRecord;
import org.osgi.framework.BundleContext;

/**
 * The files of the endpoint in the data folder of a server: the token and the server information.
 *
 * @param folder the data folder, locked by this process
 */
public record DataFiles(Path folder) {

    /** The framework property that names the data folder; the launcher sets it. */
    private static final String DATA = "atelier.data";

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns those of the data folder of this process. */
    public static DataFiles of(BundleContext context) {
        return new DataFiles(Path.of(context.getProperty(DATA)));
    }

    /** Returns the token that callers must send. Creates it once and keeps it across restarts; replaces an invalid one. */
    public String token() {
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

    /** Writes the port and process id of this server for other processes of this machine. */
    public void announce(int port, String version) {
        ServerRecord record = new ServerRecord(ProcessHandle.current().pid(), port, Instant.now(), version);
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
