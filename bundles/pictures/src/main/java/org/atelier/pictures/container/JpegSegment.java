package org.atelier.pictures.container;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment of a JPEG file before its pixels.
 *
 * @param marker second byte of its marker, such as 0xE1 for APP1
 * @param start offset of its marker in the file
 * @param content without marker and length; position 0
 */
public record JpegSegment(int marker, int start, ByteBuffer content) {

    /** EXIF and XMP. */
    public static final int APP1 = 0xE1;

    /** Colour profiles. */
    public static final int APP2 = 0xE2;

    /** The Adobe segment, which defines the colour transform. */
    public static final int APP14 = 0xEE;

    /** A comment. */
    public static final int COM = 0xFE;

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int HEADER = 4;

    /** Offset in a frame header, after precision, height and width. */
    private static final int COMPONENTS = 5;

    /** Returns the segments before the first scan; the last one is shorter if the file is truncated. */
    public static List<JpegSegment> of(byte[] file) {
        List<JpegSegment> segments = new ArrayList<>();
        ByteBuffer numbers = ByteBuffer.wrap(file);
        int at = 2;
        while (at + HEADER <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                // A marker may be preceded by any number of fill bytes.
                at++;
                continue;
            }
            if (marker == START_OF_SCAN) {
                break;
            }
            int length = Short.toUnsignedInt(numbers.getShort(at + 2));
            int end = Math.min(at + 2 + Math.max(length, 2), file.length);
            segments.add(new JpegSegment(marker, at, Chunk.slice(file, at + HEADER, (long) end - at - HEADER)));
            at = end;
        }
        return segments;
    }

    /** Whether the image has its end marker. Readers invent the missing rest of a truncated file. */
    public static boolean hasEnd(byte[] file) {
        List<JpegSegment> segments = of(file);
        int scan = segments.isEmpty() ? 2 : segments.get(segments.size() - 1).end();
        for (int at = scan; at + 1 < file.length; at++) {
            // Pixels hold no such pair: a 0 follows each of their bytes that is 0xFF.
            if ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }

    /** Returns a copy of the file without its embedded colour profile. */
    public static byte[] withoutProfile(byte[] file) {
        byte[] kept = file;
        List<JpegSegment> segments = of(file);
        for (int i = segments.size() - 1; i >= 0; i--) {
            JpegSegment segment = segments.get(i);
            if (segment.marker == APP2 && segment.startsWith("ICC_PROFILE\0")) {
                kept = without(kept, segment.start, segment.end());
            }
        }
        return kept;
    }

    /** Returns a copy of the content. */
    public byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    /** Whether the content begins with a text in ASCII. */
    public boolean startsWith(String text) {
        byte[] start = text.getBytes(StandardCharsets.US_ASCII);
        return content.remaining() >= start.length
                && content.slice(0, start.length).equals(ByteBuffer.wrap(start));
    }

    /** Whether this is a frame header (SOF0 to SOF15), which names size and components. */
    public boolean isFrameHeader() {
        // DHT, JPG and DAC lie between the markers of the frames.
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** The number of components that a frame header names. */
    public int components() {
        return content.remaining() > COMPONENTS ? content.get(COMPONENTS) & 0xFF : 0;
    }

    private int end() {
        return start + HEADER + content.remaining();
    }

    private static byte[] without(byte[] file, int from, int to) {
        byte[] kept = new byte[file.length - (to - from)];
        System.arraycopy(file, 0, kept, 0, from);
        System.arraycopy(file, to, kept, from, file.length - to);
        return kept;
    }
}
