package org.atelier.pictures.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first image of a WebP file, and its position on the canvas of an animation. */
public final class WebpFile {

    private static final Set<String> IMAGE_CHUNKS = Set.of("ALPH", "VP8 ", "VP8L");
    private static final int ANIMATION = 0x02;
    private static final int ALPHA = 0x10;
    private static final int FRAME_HEADER = 16;

    private final Optional<Frame> frame;
    private final byte[] still;

    private WebpFile(Optional<Frame> frame, byte[] still) {
        this.frame = frame;
        this.still = still;
    }

    /**
     * The position of the first frame on the canvas of an animation, in pixels. The canvas is transparent before the
     * first frame, so blending and disposal have no effect.
     */
    public record Frame(int x, int y, int width, int height, int canvasWidth, int canvasHeight) {}

    /** Returns the position of the image; empty if the file is not an animation. */
    public Optional<Frame> frame() {
        return frame;
    }

    /** Returns a WebP file with only the first image. */
    public byte[] still() {
        return still;
    }

    /**
     * @throws IllegalArgumentException if the file is an animation whose first frame is missing or exceeds the canvas
     */
    public static WebpFile of(byte[] file) {
        List<Chunk> chunks = RiffChunks.of(file);
        if (chunks.isEmpty() || !chunks.get(0).name().equals("VP8X")) {
            return new WebpFile(Optional.empty(), file);
        }
        ByteBuffer head = require(chunks.get(0), 10);
        if ((head.get(0) & ANIMATION) == 0) {
            return new WebpFile(Optional.empty(), file);
        }
        Chunk first = chunks.stream()
                .filter(chunk -> chunk.name().equals("ANMF"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("An animation without a frame"));
        ByteBuffer place = require(first, FRAME_HEADER);
        Frame frame = new Frame(
                2 * int24(place, 0),
                2 * int24(place, 3),
                int24(place, 6) + 1,
                int24(place, 9) + 1,
                int24(head, 4) + 1,
                int24(head, 7) + 1);
        if (frame.x + frame.width > frame.canvasWidth || frame.y + frame.height > frame.canvasHeight) {
            throw new IllegalArgumentException("A frame that leaves the canvas");
        }
        return new WebpFile(Optional.of(frame), still(first.bytes(), frame));
    }

    private static byte[] still(byte[] frame, Frame place) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (Chunk chunk : RiffChunks.from(frame, FRAME_HEADER)) {
            if (IMAGE_CHUNKS.contains(chunk.name())) {
                write(chunks, chunk.name(), chunk.bytes());
            }
        }
        byte[] head = ByteBuffer.allocate(10)
                .put(0, (byte) ALPHA)
                .put(4, int24(place.width - 1))
                .put(7, int24(place.height - 1))
                .array();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        write(content, "VP8X", head);
        content.writeBytes(chunks.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        write(file, "RIFF", content.toByteArray());
        return file.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String name, byte[] content) {
        out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(content.length)
                .array());
        out.writeBytes(content);
        if ((content.length & 1) == 1) {
            out.write(0);
        }
    }

    private static ByteBuffer require(Chunk chunk, int length) {
        if (chunk.content().remaining() < length) {
            throw new IllegalArgumentException("A chunk " + chunk.name() + " that is cut off");
        }
        return chunk.content();
    }

    private static int int24(ByteBuffer bytes, int at) {
        return Byte.toUnsignedInt(bytes.get(at))
                + (Byte.toUnsignedInt(bytes.get(at + 1)) << 8)
                + (Byte.toUnsignedInt(bytes.get(at + 2)) << 16);
    }

    private static byte[] int24(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
    }
}
