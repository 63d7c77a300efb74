package org.atelier.web;

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

/**
 * What the door keeps in the folder of a server's data.
 *
 * @param folder this process holds it
 */
record DataFiles(Path folder) {

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What callers must know: made once, and kept from run to run. What is none is replaced. */
    String token() {
        Path file = folder.resolve(ServerRecord.TOKEN_FILE);
        try {
            if (Files.exists(file)) {
                String kept = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
                if (kept.matches("[0-9a-f]{" + 2 * TOKEN_BYTES + "}")) {
                    return kept;
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

    /** Tells others of this machine where this process listens. */
    void announce(int port, String version) {
        ServerRecord record = new ServerRecord(ProcessHandle.current().pid(), port, Instant.now(), version);
        write(folder.resolve(ServerRecord.FILE), record.toJson() + "\n");
    }

    void withdraw() {
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

    private static AtelierException unusable(Path file, IOException reason) {
        return new AtelierException(
                AtelierException.Code.OUTPUT_UNWRITABLE,
                "%s of the data folder cannot be used: %s; see who may read and write there, or give --data another folder."
                        .formatted(file, IoErrors.of(reason)),
                reason);
    }
}
