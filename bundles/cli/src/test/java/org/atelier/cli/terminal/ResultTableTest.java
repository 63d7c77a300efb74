package org.atelier.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    private final ResultTable table = new ResultTable("KIND", "BUNDLE", "PROMPTS");

    @Test
    void makesEachColumnAsWideAsItsContent() {
        table.add("attention", "org.example.shared", "a cat");
        table.add("blend", "", "");

        assertEquals("""
                KIND       BUNDLE              PROMPTS
                attention  org.example.shared  a cat
                blend
                """, printed(0));
    }

    @Test
    void wrapsTheWidestColumnsOfANarrowTerminal() {
        table.add("attention", "org.example.attention.shared", "a cat on a red roof, in the rain");
        table.add("blend", "org.example.linear", "a bird");

        assertEquals("""
                KIND       BUNDLE              PROMPTS
                attention  org.example.        a cat on a red
                           attention.shared    roof, in the rain
                blend      org.example.linear  a bird
                """, printed(48));
    }

    @Test
    void fillsATerminalToItsLastColumn() {
        table.add("attention", "org.example.shared", "0123456789");

        assertEquals("""
                KIND       BUNDLE              PROMPTS
                attention  org.example.shared  0123456789
                """, printed(41));
    }

    @Test
    void doesNotSplitWordsOnATerminalThatIsTooNarrow() {
        table.add("attention", "shared", "a cat on a red roof");

        assertEquals("""
                KIND       BUNDLE  PROMPTS
                attention  shared  a cat on
                                   a red roof
                """, printed(20));
    }

    @Test
    void printsPromptsWithoutInterpretingMarkup() {
        table.add("attention", "shared", "@|red a cat|@ 100% \\\\n");

        assertEquals("""
                KIND       BUNDLE  PROMPTS
                attention  shared  @|red a cat|@ 100% \\\\n
                """, printed(0));
    }

    private String printed(int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.print(new Terminal(
                Path.of(""),
                new PrintStream(out, true, UTF_8),
                columns,
                new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                0));
        return out.toString(UTF_8);
    }
}
