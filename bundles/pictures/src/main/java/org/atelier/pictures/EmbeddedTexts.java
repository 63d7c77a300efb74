package org.atelier.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atelier.pictures.container.Chunk;
import org.atelier.pictures.container.EmbeddedExif;
import org.atelier.pictures.container.ImageKind;
import org.atelier.pictures.container.JpegSegment;
import org.atelier.pictures.container.PngChunks;
import org.atelier.pictures.container.PngText;
import org.atelier.pictures.container.RiffChunks;

/** Collects the texts of an image file. */
final class EmbeddedTexts {

    private static final String XMP_SEGMENT = "http://ns.adobe.com/xap/1.0/\0";

    private final Map<String, String> texts = new LinkedHashMap<>();

    private EmbeddedTexts() {}

    /** @throws IOException if the file is cut off, or its texts are too large */
    static Map<String, String> of(byte[] file, ImageKind kind) throws IOException {
        EmbeddedTexts found = new EmbeddedTexts();
        switch (kind) {
            case PNG -> found.addPng(PngChunks.of(file));
            case JPEG -> found.addJpeg(JpegSegment.of(file));
            case WEBP -> found.addWebp(RiffChunks.of(file));
        }
        EmbeddedExif.of(file, kind).map(ExifTexts::of).ifPresent(exif -> exif.forEach(found::add));
        return found.texts;
    }

    private void addPng(List<Chunk> chunks) throws IOException {
        if (chunks.isEmpty() || !chunks.get(chunks.size() - 1).name().equals("IEND")) {
            throw new IOException("The file is cut off");
        }
        for (PngText text : PngText.of(chunks)) {
            add(text.keyword(), text.text());
        }
    }

    private void addJpeg(List<JpegSegment> segments) {
        for (JpegSegment segment : segments) {
            if (segment.marker() == JpegSegment.COM) {
                add("comment", decoded(segment.bytes()));
            }
            if (segment.marker() == JpegSegment.APP1 && segment.startsWith(XMP_SEGMENT)) {
                add(EmbeddedMetadata.XMP, decoded(segment.bytes()).substring(XMP_SEGMENT.length()));
            }
        }
    }

    private void addWebp(List<Chunk> chunks) {
        for (Chunk chunk : chunks) {
            if (chunk.name().equals("XMP ")) {
                add(EmbeddedMetadata.XMP, decoded(chunk.bytes()));
            }
        }
    }

    private void add(String keyword, String text) {
        String free = keyword;
        for (int number = 2; texts.containsKey(free); number++) {
            free = keyword + " (" + number + ")";
        }
        texts.put(free, text);
    }

    /** UTF-8, or Latin-1 where it is not valid UTF-8. */
    static String decoded(byte[] bytes) {
        return utf8(bytes).orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Empty if the bytes are not valid UTF-8. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
