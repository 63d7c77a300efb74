package org.atelier.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.atelier.wire.ServerRecord;

/**
 * What the door keeps in the folder of a server's data.
 *
 * @param folder this process holds it
 */
record DataFiles(Path folder) {

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What callers must know: made once, and kept from run to run. */
    String token() {
        Path file = folder.resolve(ServerRecord.TOKEN_FILE);
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file).strip();
                if (kept.matches("[0-9a-f]{" + 2 * TOKEN_BYTES + "}")) {
                    return kept;
                }
            }
            byte[] random = new byte[TOKEN_BYTES];
            RANDOM.nextBytes(random);
            String token = HexFormat.of().formatHex(random);
            PrivateFile.write(file, token + "\n");
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells others of this machine where this process listens. */
    void announce(int port, String version) {
        ServerRecord record = new ServerRecord(ProcessHandle.current().pid(), port, Instant.now(), version);
        try {
            PrivateFile.write(folder.resolve(ServerRecord.FILE), record.toJson() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void withdraw() {
        try {
            Files.deleteIfExists(folder.resolve(ServerRecord.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
