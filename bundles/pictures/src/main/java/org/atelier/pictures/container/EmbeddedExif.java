package org.atelier.pictures.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the EXIF data in image files. */
public final class EmbeddedExif {

    private static final String JPEG_START = "Exif\0\0";

    private EmbeddedExif() {}

    /** Returns the TIFF structure with the EXIF of an image, without the prefix of JPEG. */
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

    /** WebP and PNG have no prefix, but some writers copy that of JPEG. */
    private static byte[] withoutStart(byte[] exif) {
        byte[] start = JPEG_START.getBytes(StandardCharsets.US_ASCII);
        boolean marked = exif.length >= start.length && Arrays.equals(exif, 0, start.length, start, 0, start.length);
        return marked ? Arrays.copyOfRange(exif, start.length, exif.length) : exif;
    }
}
