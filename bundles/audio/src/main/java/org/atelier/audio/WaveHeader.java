package org.atelier.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import org.atelier.audio.ChunkReader.Chunk;

/**
 * The header of a WAV file: RIFF, RIFX, RF64 and BW64. A program that writes to a pipe cannot know the length of the audio and
 * leaves a placeholder; such audio extends to the end of the file, as in libsndfile.
 *
 * @param format of the samples
 * @param position of the first sample in the file
 * @param declared the length of the samples in bytes; empty if the header has a placeholder
 */
record WaveHeader(AudioFormat format, long position, OptionalLong declared) {

    /** Writers to pipes declare 0x7f000000, 0x7ffff000, 0x80000000, 0xffffffff and values close to these. */
    static final long PLACEHOLDER = 0x7f00_0000L;

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xfffe;

    private static final int FORMAT_LENGTH = 16;
    private static final int EXTENSIBLE_LENGTH = 40;

    /** The position of the encoding in an extensible format; the rest of the GUID is the same for all encodings. */
    private static final int SUBFORMAT = 24;

    /**
     * Reads a header.
     *
     * @return empty if it is damaged, or the encoding is not PCM, floating point, A-law or mu-law
     */
    static Optional<WaveHeader> read(SeekableByteChannel file) throws IOException {
        ByteBuffer form = new ChunkReader(file, ByteOrder.LITTLE_ENDIAN).bytes(0, Container.HEAD);
        ByteOrder order = form.get(3) == 'X' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long formSize = Integer.toUnsignedLong(form.order(order).getInt(4));
        ChunkReader chunks = new ChunkReader(file, order);
        Optional<AudioFormat> format = Optional.empty();
        long longSize = 0;
        for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            Chunk chunk = next.get();
            switch (chunk.id()) {
                case "ds64" -> longSize = longSize(chunks.bytes(chunk.position(), FORMAT_LENGTH));
                case "fmt " -> {
                    int length = (int) Math.min(chunk.size(), EXTENSIBLE_LENGTH);
                    format = format(chunks.bytes(chunk.position(), length));
                    if (format.isEmpty()) {
                        return Optional.empty();
                    }
                }
                case "data" -> {
                    OptionalLong declared = declared(chunk, formSize, longSize, file.size());
                    return format.map(found -> new WaveHeader(found, chunk.position(), declared));
                }
                default -> {} // Other chunks describe the audio.
            }
        }
        return Optional.empty();
    }

    /** Returns the length of the samples in an RF64 file. */
    private static long longSize(ByteBuffer sizes) {
        return sizes.remaining() < FORMAT_LENGTH ? 0 : sizes.getLong(8);
    }

    private static OptionalLong declared(Chunk data, long formSize, long longSize, long fileSize) {
        long rest = fileSize - data.position();
        boolean isLong = data.size() == 0xffff_ffffL && longSize > 0;
        long size = isLong ? longSize : data.size();
        boolean unfinished = size == 0 && formSize + Integer.BYTES * 2 <= data.position();
        boolean placeholder = !isLong && size >= PLACEHOLDER && size > rest;
        return unfinished || placeholder ? OptionalLong.empty() : OptionalLong.of(size);
    }

    private static Optional<AudioFormat> format(ByteBuffer bytes) {
        if (bytes.remaining() < FORMAT_LENGTH) {
            return Optional.empty();
        }
        int coding = Short.toUnsignedInt(bytes.getShort(0));
        int channels = Short.toUnsignedInt(bytes.getShort(2));
        float rate = Integer.toUnsignedLong(bytes.getInt(4));
        int bits = Short.toUnsignedInt(bytes.getShort(14));
        if (coding == EXTENSIBLE) {
            if (bytes.remaining() < EXTENSIBLE_LENGTH || !hasKnownGuid(bytes)) {
                return Optional.empty();
            }
            coding = Short.toUnsignedInt(bytes.getShort(SUBFORMAT));
        }
        int width = (bits + 7) / 8;
        return encoding(coding, width)
                .map(encoding -> new AudioFormat(
                        encoding,
                        rate,
                        width * 8,
                        channels,
                        channels * width,
                        rate,
                        bytes.order() == ByteOrder.BIG_ENDIAN));
    }

    /** Whether a GUID is one of Microsoft's encodings, or one of B-format ambisonics. */
    private static boolean hasKnownGuid(ByteBuffer bytes) {
        byte[] guid = new byte[EXTENSIBLE_LENGTH - SUBFORMAT - 2];
        bytes.get(SUBFORMAT + 2, guid);
        String rest = new String(guid, StandardCharsets.ISO_8859_1);
        return rest.equals("\0\0\0\0\20\0\u0080\0\0\u00aa\0008\u009bq")
                || rest.equals("\0\0!\7\u00d3\21\u0086D\u00c8\u00c1\u00ca\0\0\0");
    }

    private static Optional<Encoding> encoding(int coding, int width) {
        return Optional.ofNullable(
                switch (coding) {
                    case PCM ->
                        width == 1
                                ? Encoding.PCM_UNSIGNED
                                : width >= 2 && width <= Integer.BYTES ? Encoding.PCM_SIGNED : null;
                    case FLOAT -> width == Float.BYTES || width == Double.BYTES ? Encoding.PCM_FLOAT : null;
                    case A_LAW -> width == 1 ? Encoding.ALAW : null;
                    case MU_LAW -> width == 1 ? Encoding.ULAW : null;
                    default -> null;
                });
    }
}
