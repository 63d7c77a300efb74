package org.atelier.pictures.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A named part of a PNG or WebP file.
 *
 * @param name four letters, such as {@code eXIf}
 * @param content without name, length and checksum; big-endian, position 0
 */
public record Chunk(String name, ByteBuffer content) {

    static final int NAME_LENGTH = 4;

    /** Returns a copy of the content. */
    public byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    /** Returns a part of a file, shorter if the file ends before it. */
    static ByteBuffer slice(byte[] file, long start, long length) {
        int from = (int) Math.min(start, file.length);
        int end = (int) Math.min(start + length, file.length);
        return ByteBuffer.wrap(file, from, end - from).slice();
    }

    static String name(byte[] file, int at) {
        return new String(file, at, NAME_LENGTH, StandardCharsets.ISO_8859_1);
    }
}
