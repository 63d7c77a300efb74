package org.atelier.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.atelier.api.model.PullListener;

/**
 * The hash that identifies a file in the hub and in the cache: SHA-256 for a large file, git's SHA-1 for a small one.
 *
 * @param hex 64 or 40 lower-case hexadecimal digits
 */
record BlobDigest(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}|[0-9a-f]{40}");
    private static final int SHA_256_DIGITS = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Parses a hash or an ETag, with or without quotes; empty if the text is neither. */
    static Optional<BlobDigest> parse(String text) {
        String bare = text == null ? "" : text.replaceFirst("^W/", "").replace("\"", "");
        return HEX.matcher(bare).matches() ? Optional.of(new BlobDigest(bare)) : Optional.empty();
    }

    /** Returns the digest for the content of a file of this size. */
    MessageDigest begin(long size) {
        try {
            if (hex.length() == SHA_256_DIGITS) {
                return MessageDigest.getInstance("SHA-256");
            }
            MessageDigest git = MessageDigest.getInstance("SHA-1");
            git.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return git;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the digest of the content equals this hash. */
    boolean matches(MessageDigest fed) {
        return HexFormat.of().formatHex(fed.digest()).equals(hex);
    }

    /** Whether the hash of a file equals this hash. */
    boolean matches(Path file, String name, PullListener listener) throws IOException {
        MessageDigest digest = begin(Files.size(file));
        feed(digest, file, name, listener);
        return matches(digest);
    }

    /** Updates a digest with the content of a file and reports progress. */
    static void feed(MessageDigest digest, Path file, String name, PullListener listener) throws IOException {
        long total = Files.size(file);
        long done = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                CancellableSleep.throwIfCancelled(listener);
                digest.update(buffer, 0, count);
                done += count;
                listener.progressed(name, done, total);
            }
        }
    }
}
