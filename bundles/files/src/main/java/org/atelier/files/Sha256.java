package org.atelier.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By which a file is known: 64 hexadecimal digits. */
public final class Sha256 {

    private Sha256() {}

    public static String of(byte[] content) {
        try {
            return of(out -> out.write(content));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory was written to", e);
        }
    }

    public static String of(Path file) throws IOException {
        return of(out -> Files.copy(file, out));
    }

    public static String of(AtomicFile.Content content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
