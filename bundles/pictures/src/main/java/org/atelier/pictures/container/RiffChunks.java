package org.atelier.pictures.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The chunks of a RIFF file, the container of WebP. */
public final class RiffChunks {

    /** RIFF, the length of the file, WEBP. */
    private static final int HEADER = 12;

    private RiffChunks() {}

    /** Returns every chunk in the order of the file; the last one is shorter if the file is truncated. */
    public static List<Chunk> of(byte[] file) {
        return from(file, HEADER);
    }

    /** Returns the chunks that begin at {@code start}. */
    static List<Chunk> from(byte[] bytes, int start) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Chunk> chunks = new ArrayList<>();
        long at = start;
        while (at + 8 <= bytes.length) {
            long length = Integer.toUnsignedLong(numbers.getInt((int) at + 4));
            chunks.add(new Chunk(Chunk.name(bytes, (int) at), Chunk.slice(bytes, at + 8, length)));
            at += 8 + length + (length & 1);
        }
        return chunks;
    }
}
