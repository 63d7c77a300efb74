package org.atelier.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.api.AtelierException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected samples of every header are those that libsndfile 1.2.2 reads. */
class WaveHeaderTest {

    private static final int RATE = 16_000;
    private static final int PLACEHOLDER = 0xffff_ffff;
    private static final short[] SAMPLES = {0, 1000, 2000, 3000, -4000, 5000};
    private static final byte[] DATA = samples(ByteOrder.LITTLE_ENDIAN);
    private static final byte[] FORMAT = format(1, 2, 16);
    private static final byte[] INFO = chunk("LIST", text("INFOISFT\4\0\0\0abcd"));
    private static final String GUID = "\0\0\0\0\20\0\u0080\0\0\u00aa\0008\u009bq";
    private static final String AMBISONIC = "\0\0!\7\u00d3\21\u0086D\u00c8\u00c1\u00ca\0\0\0";

    @TempDir
    private Path folder;

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("finished", riff(FORMAT, chunk("data", DATA))),
                Arguments.of("FFmpeg's pipe", riff(PLACEHOLDER, FORMAT, chunk("data", PLACEHOLDER, DATA))),
                Arguments.of("FFmpeg's pipe, INFO", riff(PLACEHOLDER, FORMAT, INFO, chunk("data", PLACEHOLDER, DATA))),
                Arguments.of("SoX' pipe", riff(0x7fff_f024, FORMAT, chunk("data", 0x7fff_f000, DATA))),
                Arguments.of("arecord's pipe", riff(0x8000_0024, FORMAT, chunk("data", 0x8000_0000, DATA))),
                Arguments.of("less the header", riff(PLACEHOLDER, FORMAT, chunk("data", -37, DATA))),
                Arguments.of("no sizes", riff(0, FORMAT, chunk("data", 0, DATA))),
                Arguments.of("never closed", riff(8, FORMAT, chunk("data", 0, DATA))),
                Arguments.of("size of the header", riff(36, FORMAT, chunk("data", 0, DATA))),
                Arguments.of("odd rest", riff(PLACEHOLDER, FORMAT, chunk("data", PLACEHOLDER, DATA), new byte[1])),
                Arguments.of("form without size", riff(0, FORMAT, chunk("data", DATA))),
                Arguments.of("form too small", riff(20, FORMAT, chunk("data", DATA))),
                Arguments.of("odd chunk", riff(chunk("junk", 3, text("abc\0")), FORMAT, chunk("data", DATA))),
                Arguments.of("no padding", riff(chunk("junk", text("abc")), FORMAT, chunk("data", DATA))),
                Arguments.of("chunk after", riff(FORMAT, chunk("data", DATA), INFO)),
                Arguments.of("18 bytes", riff(format(1, 2, 16, text("\0\0")), chunk("data", DATA))),
                Arguments.of("12 of 16 bits", riff(format(1, 2, 12), chunk("data", DATA))),
                Arguments.of("frames of no bytes", riff(format(1, 0, 16), chunk("data", DATA))),
                Arguments.of("frames too long", riff(format(1, 4, 16), chunk("data", DATA))),
                Arguments.of("extensible", riff(extensible(16, GUID), chunk("data", DATA))),
                Arguments.of("extensible, 12 bits", riff(extensible(12, GUID), chunk("data", DATA))),
                Arguments.of("extensible, 0 bits", riff(extensible(0, GUID), chunk("data", DATA))),
                Arguments.of("ambisonic", riff(extensible(16, AMBISONIC), chunk("data", DATA))),
                Arguments.of("RF64", long64("RF64", 12, chunk("data", PLACEHOLDER, DATA), INFO)),
                Arguments.of("RF64, small size", long64("RF64", 12, chunk("data", DATA), INFO)),
                Arguments.of("RF64 of a pipe", long64("RF64", 0, chunk("data", PLACEHOLDER, DATA))),
                Arguments.of("RF64, unknown", long64("RF64", -1, chunk("data", PLACEHOLDER, DATA))),
                Arguments.of("BW64", long64("BW64", 12, chunk("data", PLACEHOLDER, DATA))),
                Arguments.of("RIFX", bigEndian()),
                Arguments.of("AU of a pipe", au(PLACEHOLDER)),
                Arguments.of("AIFF", aiff(6, 20)),
                Arguments.of("AIFF of a pipe", aiff(0x3f80_0000, 0x7f00_0008)),
                Arguments.of("AIFF without sizes", aiff(0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void readsWhatLibsndfileReads(String name, byte[] file) throws IOException {
        float[] expected = new float[SAMPLES.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = SAMPLES[i] / 0x1p15f;
        }
        assertArrayEquals(expected, read(file));
    }

    static Stream<Arguments> damaged() {
        String header = "has a damaged header or an unsupported encoding.";
        String truncated = "is truncated: it has 6 of the 1000 samples declared in its header.";
        return Stream.of(
                Arguments.of(header, riff(chunk("data", DATA), FORMAT)),
                Arguments.of(header, riff(FORMAT)),
                Arguments.of(header, riff(format(2, 2, 16), chunk("data", DATA))),
                Arguments.of(header, riff(format(0xfffe, 2, 16, text("\0\0")), chunk("data", DATA))),
                Arguments.of(header, riff(extensible(16, AMBISONIC.replace('!', '?')), chunk("data", DATA))),
                Arguments.of(header, riff(format(3, 2, 16), chunk("data", DATA))),
                Arguments.of(header, riff(format(1, 8, 64), chunk("data", DATA))),
                Arguments.of(truncated, riff(FORMAT, chunk("data", 2000, DATA))),
                Arguments.of(truncated, long64("RF64", 2000, chunk("data", PLACEHOLDER, DATA))),
                Arguments.of("contains no audio: its length is zero.", riff(FORMAT, chunk("data", new byte[0]), INFO)),
                Arguments.of(
                        "declares 65535 channels at 16000 Hz, which is not valid audio.",
                        riff(channels(0xffff), chunk("data", DATA))),
                Arguments.of(
                        "declares 0 channels at 16000 Hz, which is not valid audio.",
                        riff(channels(0), chunk("data", DATA))));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void refuses(String fault, byte[] file) {
        AtelierException refusal = assertThrows(AtelierException.class, () -> read(file));
        assertEquals(folder.resolve("sound") + " " + fault, refusal.getMessage());
    }

    @Test
    void refusesARateThatNoFilterCanHave() {
        byte[] format = FORMAT.clone();
        ByteBuffer.wrap(format).order(ByteOrder.LITTLE_ENDIAN).putInt(12, 0x7fff_ffff);
        AtelierException refusal = assertThrows(AtelierException.class, () -> read(riff(format, chunk("data", DATA))));
        assertEquals(
                folder.resolve("sound") + " declares 1 channels at 2147483647 Hz, which is not valid audio.",
                refusal.getMessage());
    }

    private float[] read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("sound"), bytes);
        try (SampleStream stream = new AudioFileReader(null).open(file, RATE)) {
            float[] samples = new float[100];
            return Arrays.copyOf(samples, stream.readFully(samples, samples.length));
        }
    }

    private static byte[] riff(byte[]... chunks) {
        return riff(4 + joined(chunks).length, chunks);
    }

    private static byte[] riff(int size, byte[]... chunks) {
        return joined(chunk("RIFF", size, text("WAVE")), joined(chunks));
    }

    private static byte[] long64(String form, long size, byte[]... chunks) {
        byte[] sizes = written(numbers(28).putLong(0).putLong(size));
        return joined(chunk(form, PLACEHOLDER, text("WAVE")), chunk("ds64", sizes), FORMAT, joined(chunks));
    }

    private static byte[] bigEndian() {
        ByteBuffer header = ByteBuffer.allocate(44).put(text("RIFX")).putInt(48).put(text("WAVEfmt "));
        header.putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
        header.putShort((short) 2).putShort((short) 16).put(text("data")).putInt(12);
        return joined(written(header), samples(ByteOrder.BIG_ENDIAN));
    }

    private static byte[] au(int size) {
        ByteBuffer header = ByteBuffer.allocate(24).put(text(".snd")).putInt(24).putInt(size);
        return joined(written(header.putInt(3).putInt(RATE).putInt(1)), samples(ByteOrder.BIG_ENDIAN));
    }

    private static byte[] aiff(int frames, int size) {
        ByteBuffer header = ByteBuffer.allocate(54).put(text("FORM")).putInt(size == 20 ? 58 : size);
        header.put(text("AIFFCOMM"))
                .putInt(18)
                .putShort((short) 1)
                .putInt(frames)
                .putShort((short) 16);
        header.putShort((short) 0x400c).putLong(0xfa00_0000_0000_0000L); // 16,000 with 80 bits
        header.put(text("SSND")).putInt(size).putLong(0);
        return joined(written(header), samples(ByteOrder.BIG_ENDIAN));
    }

    private static byte[] extensible(int bits, String guid) {
        ByteBuffer bytes =
                numbers(24).putShort((short) 22).putShort((short) bits).putInt(4);
        bytes.putShort((short) 1).put(text(guid));
        return format(0xfffe, 2, 16, written(bytes));
    }

    private static byte[] format(int coding, int frame, int bits, byte... more) {
        ByteBuffer bytes =
                numbers(16).putShort((short) coding).putShort((short) 1).putInt(RATE);
        bytes.putInt(RATE * frame).putShort((short) frame).putShort((short) bits);
        return chunk("fmt ", joined(written(bytes), more));
    }

    private static byte[] channels(int channels) {
        byte[] format = FORMAT.clone();
        ByteBuffer.wrap(format).order(ByteOrder.LITTLE_ENDIAN).putShort(10, (short) channels);
        return format;
    }

    private static byte[] samples(ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * SAMPLES.length).order(order);
        bytes.asShortBuffer().put(SAMPLES);
        return written(bytes);
    }

    private static byte[] chunk(String id, byte[] content) {
        return chunk(id, content.length, content);
    }

    private static byte[] chunk(String id, int size, byte[] content) {
        return joined(written(numbers(8).put(text(id)).putInt(size)), content);
    }

    private static ByteBuffer numbers(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] written(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.rewind().get(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
