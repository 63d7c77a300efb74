package org.atelier.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the chunks of a RIFF or IFF file in order. */
final class ChunkReader {

    /** The length of {@code RIFF}, its size and {@code WAVE}. */
    private static final int FORM_LENGTH = 12;

    private static final int HEADER_LENGTH = 8;

    /** Bounds the time for a file of many empty chunks. */
    private static final int MAX_CHUNKS = 10_000;

    /**
     * A chunk.
     *
     * @param id four characters
     * @param position of its first byte in the file
     * @param size in bytes, as its header declares it
     */
    record Chunk(String id, long position, long size) {}

    private final SeekableByteChannel file;
    private final ByteOrder order;
    private long next = FORM_LENGTH;
    private long unpadded = FORM_LENGTH;
    private int count;

    ChunkReader(SeekableByteChannel file, ByteOrder order) {
        this.file = file;
        this.order = order;
    }

    /** Returns the next chunk; empty at the end of the file. */
    Optional<Chunk> next() throws IOException {
        if (count++ == MAX_CHUNKS) {
            return Optional.empty();
        }
        Optional<Chunk> chunk = at(next);
        if (next != unpadded && chunk.filter(found -> isId(found.id())).isEmpty()) {
            chunk = at(unpadded); // Some writers omit the padding byte after an odd size.
        }
        chunk.ifPresent(found -> {
            unpadded = found.position() + found.size();
            next = unpadded + (unpadded & 1);
        });
        return chunk;
    }

    private Optional<Chunk> at(long position) throws IOException {
        ByteBuffer header = bytes(position, HEADER_LENGTH);
        if (header.remaining() < HEADER_LENGTH) {
            return Optional.empty();
        }
        byte[] id = new byte[4];
        header.get(id);
        return Optional.of(new Chunk(
                new String(id, StandardCharsets.ISO_8859_1),
                position + HEADER_LENGTH,
                Integer.toUnsignedLong(header.getInt())));
    }

    /** Returns the bytes at a position; fewer at the end of the file. */
    ByteBuffer bytes(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
        file.position(position);
        while (bytes.hasRemaining() && file.read(bytes) >= 0) {
            // A channel may return fewer bytes than asked for.
        }
        return bytes.flip();
    }

    private static boolean isId(String id) {
        return id.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }
}
