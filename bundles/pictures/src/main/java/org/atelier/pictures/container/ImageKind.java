package org.atelier.pictures.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The supported image formats, detected by content and not by file name. */
public enum ImageKind {
    PNG,
    JPEG,
    WEBP;

    /** The number of bytes that tell the format. */
    public static final int HEAD = 12;

    private static final byte[] PNG_START = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] JPEG_START = HexFormat.of().parseHex("ffd8ff");

    /** @param file content of the file */
    public static Optional<ImageKind> of(byte[] file) {
        if (startsWith(file, PNG_START)) {
            return Optional.of(PNG);
        }
        if (startsWith(file, JPEG_START)) {
            return Optional.of(JPEG);
        }
        String start = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
        return start.matches("(?s)RIFF....WEBP") ? Optional.of(WEBP) : Optional.empty();
    }

    private static boolean startsWith(byte[] file, byte[] start) {
        return Arrays.equals(file, 0, Math.min(start.length, file.length), start, 0, start.length);
    }
}
