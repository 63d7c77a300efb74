package org.atelier.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A WAV file written byte by byte, so that tests can make it invalid. */
record WaveBytes(int coding, int channels, int sampleRate, int bits, boolean extensible) {

    static final int INTEGERS = 1;
    static final int FLOATS = 3;

    static WaveBytes integers(int bits, int channels, int sampleRate) {
        return new WaveBytes(INTEGERS, channels, sampleRate, bits, false);
    }

    static WaveBytes floats(int bits, int channels, int sampleRate) {
        return new WaveBytes(FLOATS, channels, sampleRate, bits, false);
    }

    WaveBytes asExtensible() {
        return new WaveBytes(coding, channels, sampleRate, bits, true);
    }

    /** @param interleaved full scale from -1 to 1 */
    Path write(Path file, float... interleaved) throws IOException {
        return write(file, interleaved.length * (bits / 8), interleaved);
    }

    /** @param declared number of sample bytes in the header */
    Path write(Path file, int declared, float... interleaved) throws IOException {
        int width = bits / 8;
        int formatLength = extensible ? 40 : 16;
        ByteBuffer bytes = ByteBuffer.allocate(28 + formatLength + interleaved.length * width)
                .order(ByteOrder.LITTLE_ENDIAN);
        put(bytes, "RIFF").putInt(20 + formatLength + declared);
        put(bytes, "WAVE");
        put(bytes, "fmt ").putInt(formatLength);
        bytes.putShort((short) (extensible ? 0xfffe : coding)).putShort((short) channels);
        bytes.putInt(sampleRate).putInt(sampleRate * channels * width);
        bytes.putShort((short) (channels * width)).putShort((short) bits);
        if (extensible) {
            bytes.putShort((short) 22).putShort((short) bits).putInt(channels == 1 ? 4 : 3);
            bytes.putInt(coding).putInt(0x00100000).putInt(0xaa000080).putInt(0x719b3800);
        }
        put(bytes, "data").putInt(declared);
        for (float sample : interleaved) {
            put(bytes, sample);
        }
        return Files.write(file, Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private void put(ByteBuffer bytes, float sample) {
        if (coding == FLOATS) {
            if (bits == Double.SIZE) {
                bytes.putDouble(sample);
            } else {
                bytes.putFloat(sample);
            }
            return;
        }
        long scaled = Math.round(sample * Math.scalb(1.0, bits - 1)) + (bits == 8 ? 128 : 0);
        for (int shift = 0; shift < bits; shift += 8) {
            bytes.put((byte) (scaled >> shift));
        }
    }

    private static ByteBuffer put(ByteBuffer bytes, String name) {
        return bytes.put(name.getBytes(StandardCharsets.US_ASCII));
    }
}
