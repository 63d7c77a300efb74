package org.atelier.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files strictly as UTF-8, with or without a byte-order mark. */
public final class Utf8File {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8File() {}

    /**
     * Reads a file without its byte-order mark.
     *
     * @throws InvalidUtf8Exception if it is not UTF-8 text: its bytes are malformed, or it has a NUL character, as UTF-16 has
     * @throws IOException if it cannot be read
     */
    public static String read(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    static String decode(byte[] content) throws InvalidUtf8Exception {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(content.length + 1);
        CoderResult result = decoder.decode(bytes, characters, true);
        String text = characters.flip().toString();
        int nul = text.indexOf('\0');
        if (nul >= 0 || !result.isUnderflow()) {
            throw new InvalidUtf8Exception(line(nul >= 0 ? text.substring(0, nul) : text));
        }
        return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
    }

    /** The number of the line in which a text ends; lines end with LF, CR or both. */
    private static int line(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            boolean carriageReturn = text.charAt(i) == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (text.charAt(i) == '\n' || carriageReturn) {
                line++;
            }
        }
        return line;
    }
}
