package org.atelier.pictures.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The chunks of a PNG file. */
public final class PngChunks {

    private static final int SIGNATURE = 8;
    private static final int CHECKSUM = 4;

    private PngChunks() {}

    /** Returns every chunk in the order of the file; the last one is shorter if the file is truncated. */
    public static List<Chunk> of(byte[] file) {
        ByteBuffer numbers = ByteBuffer.wrap(file);
        List<Chunk> chunks = new ArrayList<>();
        long at = SIGNATURE;
        while (at + 8 <= file.length) {
            long length = Integer.toUnsignedLong(numbers.getInt((int) at));
            chunks.add(new Chunk(Chunk.name(file, (int) at + 4), Chunk.slice(file, at + 8, length)));
            at += 8 + length + CHECKSUM;
        }
        return chunks;
    }
}
