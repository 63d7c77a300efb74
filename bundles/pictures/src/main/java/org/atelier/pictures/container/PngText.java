package org.atelier.pictures.container;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;

/**
 * A text of a PNG file: tEXt, zTXt or iTXt.
 *
 * @param keyword such as {@code parameters}
 */
public record PngText(String keyword, String text) {

    /** Of all texts together; one may be compressed a thousandfold. */
    private static final int MOST_BYTES = 64 << 20;

    private static final Set<String> NAMES = Set.of("tEXt", "zTXt", "iTXt");

    /**
     * Returns the texts in the order of the chunks.
     *
     * @throws IOException if a text is damaged, or they are too large
     */
    public static List<PngText> of(List<Chunk> chunks) throws IOException {
        List<PngText> texts = new ArrayList<>();
        int left = MOST_BYTES;
        for (Chunk chunk : chunks) {
            if (NAMES.contains(chunk.name())) {
                PngText text = new Parts(chunk.bytes(), left).read(chunk.name());
                left -= text.text.length();
                texts.add(text);
            }
        }
        return texts;
    }

    /** Reads the parts of one chunk. */
    private static final class Parts {
        private final byte[] content;
        private final int most;
        private int at;

        Parts(byte[] content, int most) {
            this.content = content;
            this.most = most;
        }

        PngText read(String name) throws IOException {
            String keyword = until0(StandardCharsets.ISO_8859_1);
            return new PngText(
                    keyword,
                    switch (name) {
                        case "tEXt" -> rest(StandardCharsets.ISO_8859_1, false);
                        case "zTXt" -> {
                            at++;
                            yield rest(StandardCharsets.ISO_8859_1, true);
                        }
                        default -> international();
                    });
        }

        private String international() throws IOException {
            boolean compressed = at < content.length && content[at] != 0;
            at += 2;
            until0(StandardCharsets.ISO_8859_1);
            until0(StandardCharsets.UTF_8);
            return rest(StandardCharsets.UTF_8, compressed);
        }

        /** Language and translated keyword end by a 0; without one, the chunk ends there. */
        private String until0(Charset charset) {
            int start = Math.min(at, content.length);
            int end = start;
            while (end < content.length && content[end] != 0) {
                end++;
            }
            at = end + 1;
            return new String(content, start, end - start, charset);
        }

        private String rest(Charset charset, boolean compressed) throws IOException {
            byte[] bytes = Arrays.copyOfRange(content, Math.min(at, content.length), content.length);
            if (!compressed) {
                return new String(bytes, charset);
            }
            try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
                byte[] text = inflated.readNBytes(most + 1);
                if (text.length > most) {
                    throw new IOException("The texts are too large");
                }
                return new String(text, charset);
            }
        }
    }
}
