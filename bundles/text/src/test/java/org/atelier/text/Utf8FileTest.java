package org.atelier.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8FileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "für\r\nalle", "日本語 🎨\n", "a\uFEFFb", "\uFFFD"})
    void readsUtf8WithAndWithoutByteOrderMark(String text) throws IOException {
        assertEquals(text, Utf8File.read(file(text.getBytes(StandardCharsets.UTF_8))));
        assertEquals(text, Utf8File.read(file(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "66FC72, 1, Latin-1",
        "610A62FC, 2, Latin-1 at the end of the second line",
        "610D0A620D0AFC, 3, lines that end with CR and LF",
        "610D620DFC, 3, lines that end with CR",
        "C3, 1, a sequence that is cut off",
        "C080, 1, an overlong sequence",
        "EDA080, 1, a surrogate",
        "F4908080, 1, more than U+10FFFF",
        "610AFF, 2, a byte that UTF-8 does not have",
        "FFFE6100, 1, UTF-16 with its mark",
        "61003D000A0062003D00, 1, UTF-16 without a mark",
    })
    void namesTheLineThatIsNotUtf8(String bytes, int line, String kind) throws IOException {
        Path file = file(HexFormat.of().parseHex(bytes));

        InvalidUtf8Exception thrown = assertThrows(InvalidUtf8Exception.class, () -> Utf8File.read(file), kind);

        assertEquals(line, thrown.line());
        assertEquals("line " + line + " is not UTF-8", thrown.getMessage());
    }

    @Test
    void findsTheLineBehindLinesWithLongCharacters() throws IOException {
        byte[] content = "# ö\n# 🎨\nä = 1\n".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "ö".getBytes(Charset.forName("windows-1252"));
        byte[] both = new byte[content.length + latin.length];
        System.arraycopy(content, 0, both, 0, content.length);
        System.arraycopy(latin, 0, both, content.length, latin.length);
        Path file = file(both);

        assertEquals(
                4,
                assertThrows(InvalidUtf8Exception.class, () -> Utf8File.read(file))
                        .line());
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("file"), content);
    }
}
