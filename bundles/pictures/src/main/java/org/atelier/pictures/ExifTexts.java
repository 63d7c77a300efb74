package org.atelier.pictures;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The texts of EXIF: those of its main directory, and the user's comment in whichever character set it names. */
final class ExifTexts {

    private static final int USER_COMMENT = 0x9286;
    private static final int CHARSET_LENGTH = 8;
    private static final int SUB_DIRECTORY = 0x8769;

    /** Windows' own texts, in UTF-16. */
    private static final Map<Integer, String> WINDOWS = Map.of(
            0x9C9B, "EXIF XPTitle",
            0x9C9C, "EXIF XPComment",
            0x9C9D, "EXIF XPAuthor",
            0x9C9E, "EXIF XPKeywords",
            0x9C9F, "EXIF XPSubject");

    private static final Map<Integer, String> PLAIN = Map.of(
            0x010D, "EXIF DocumentName",
            0x010E, "EXIF ImageDescription",
            0x010F, "EXIF Make",
            0x0110, "EXIF Model",
            0x0131, "EXIF Software",
            0x013B, "EXIF Artist",
            0x8298, "EXIF Copyright");

    private final boolean bigEndian;
    private final Map<String, String> texts = new LinkedHashMap<>();

    private ExifTexts(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    /**
     * @param exif a TIFF structure
     * @return nothing if it is damaged: cameras and editors write broken EXIF, and the image itself is sound
     */
    static Map<String, String> of(byte[] exif) {
        ExifTexts found = new ExifTexts(exif.length > 0 && exif[0] == 'M');
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(exif))) {
            found.add(new TIFFReader().read(in));
        } catch (IOException | RuntimeException e) {
            return found.texts;
        }
        return found.texts;
    }

    private void add(Directory directory) {
        for (Entry entry : directory) {
            int tag = entry.getIdentifier() instanceof Integer number ? number : -1;
            if (tag == SUB_DIRECTORY && entry.getValue() instanceof Directory inner) {
                add(inner);
            } else if (tag == USER_COMMENT) {
                bytes(entry.getValue()).ifPresent(bytes -> put(EmbeddedMetadata.USER_COMMENT, comment(bytes)));
            } else if (WINDOWS.containsKey(tag)) {
                bytes(entry.getValue())
                        .ifPresent(bytes -> put(WINDOWS.get(tag), new String(bytes, StandardCharsets.UTF_16LE)));
            } else if (PLAIN.containsKey(tag)) {
                text(entry.getValue()).ifPresent(text -> put(PLAIN.get(tag), text));
            }
        }
    }

    private void put(String keyword, String text) {
        String trimmed = text.replaceAll("\0+$", "").strip();
        if (!trimmed.isEmpty()) {
            texts.putIfAbsent(keyword, trimmed);
        }
    }

    private static Optional<String> text(Object value) {
        if (value instanceof String text) {
            return Optional.of(text);
        }
        return value instanceof String[] parts ? Optional.of(String.join("\n", parts)) : Optional.empty();
    }

    private static Optional<byte[]> bytes(Object value) {
        if (value instanceof short[] unsigned) {
            byte[] bytes = new byte[unsigned.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) unsigned[i];
            }
            return Optional.of(bytes);
        }
        if (value instanceof String text) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
        return value instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
    }

    /** The first eight bytes name the character set; eight zeros leave it open. */
    private String comment(byte[] bytes) {
        if (bytes.length < CHARSET_LENGTH) {
            return EmbeddedTexts.decoded(bytes);
        }
        String charset = new String(bytes, 0, CHARSET_LENGTH, StandardCharsets.ISO_8859_1).replace("\0", "");
        byte[] text = Arrays.copyOfRange(bytes, CHARSET_LENGTH, bytes.length);
        return switch (charset) {
            case "UNICODE" -> unicode(text);
            case "JIS" -> jis(text);
            case "ASCII", "" -> EmbeddedTexts.decoded(text);
            default -> EmbeddedTexts.decoded(bytes);
        };
    }

    /** ISO-2022-JP, which is what EXIF calls JIS; a runtime without it gets the bytes. */
    private static String jis(byte[] text) {
        return Charset.isSupported("ISO-2022-JP")
                ? new String(text, Charset.forName("ISO-2022-JP"))
                : EmbeddedTexts.decoded(text);
    }

    /**
     * UTF-16 in the order that its mark or its letters show, for programs write either whatever the order of the rest; or
     * UTF-8, which some write in its place.
     */
    private String unicode(byte[] text) {
        if (text.length >= 2 && (text[0] & 0xFF) + (text[1] & 0xFF) == 0xFE + 0xFF) {
            return new String(text, StandardCharsets.UTF_16);
        }
        int even = 0;
        int odd = 0;
        for (int i = 0; i < text.length; i++) {
            even += text[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += text[i] == 0 && i % 2 == 1 ? 1 : 0;
        }
        Optional<String> utf8 = EmbeddedTexts.utf8(text);
        if (even + odd == 0 && utf8.isPresent()) {
            return utf8.get();
        }
        boolean big = even == odd ? bigEndian : even > odd;
        return new String(text, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }
}
