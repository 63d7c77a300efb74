package org.atelier.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A file of the page. */
final class PageFile {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private static final int TAG_DIGITS = 32;

    private final byte[] content;
    private final String type;
    private final String etag;

    private PageFile(byte[] content, String type) {
        this.content = content;
        this.type = type;
        this.etag = '"' + sha256(content).substring(0, TAG_DIGITS) + '"';
    }

    /**
     * Reads a file of this bundle.
     *
     * @throws IllegalArgumentException if there is no such file, or its type is unknown
     */
    static PageFile read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (InputStream in = PageFile.class.getResourceAsStream("files/" + name)) {
            if (in == null || type == null) {
                throw new IllegalArgumentException("The page has no file " + name);
            }
            return new PageFile(in.readAllBytes(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its media type. */
    String type() {
        return type;
    }

    /** The entity tag of its content, quoted. */
    String etag() {
        return etag;
    }

    /** Its length in bytes. */
    int length() {
        return content.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
