package org.atelier.pictures.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the formats hold EXIF. */
public final class EmbeddedExif {

    private static final String JPEG_START = "Exif\0\0";

    private EmbeddedExif() {}

    /** Returns the TIFF structure that holds the EXIF of an image, without the mark that JPEG puts before it. */
    public static Optional<byte[]> of(byte[] file, ImageKind kind) {
        Stream<byte[]> found =
                switch (kind) {
                    case PNG -> named("eXIf", PngChunks.of(file).stream());
                    case WEBP -> named("EXIF", RiffChunks.of(file).stream());
                    case JPEG ->
                        JpegSegment.of(file).stream()
                                .filter(segment ->
                                        segment.marker() == JpegSegment.APP1 && segment.startsWith(JPEG_START))
                                .map(JpegSegment::bytes);
                };
        return found.findFirst().map(EmbeddedExif::withoutStart);
    }

    private static Stream<byte[]> named(String name, Stream<Chunk> chunks) {
        return chunks.filter(chunk -> chunk.name().equals(name)).map(Chunk::bytes);
    }

    /** WebP and PNG hold the bare structure, but some writers copy JPEG's mark along. */
    private static byte[] withoutStart(byte[] exif) {
        byte[] start = JPEG_START.getBytes(StandardCharsets.US_ASCII);
        boolean marked = exif.length >= start.length && Arrays.equals(exif, 0, start.length, start, 0, start.length);
        return marked ? Arrays.copyOfRange(exif, start.length, exif.length) : exif;
    }
}
