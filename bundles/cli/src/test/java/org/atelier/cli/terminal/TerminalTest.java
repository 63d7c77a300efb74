package org.atelier.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalTest {

    private static final String FOREIGN = "two \u001b[31mred\u001b]0;pwn\u0007 \u009b31m\u007f\rover\u202e";
    private static final String SHOWN = "two \\u001b[31mred\\u001b]0;pwn\\u0007 \\u009b31m\\u007f\\u000dover\\u202e";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(Path.of(""), new PrintStream(out, true, UTF_8), 200, new PrintStream(err, true, UTF_8), 200);

    @ParameterizedTest(name = "{0}")
    @MethodSource("prints")
    void showsControlCharactersInWhateverIsPrinted(String name, Consumer<Terminal> print) {
        print.accept(terminal);

        String printed = out.toString(UTF_8) + err.toString(UTF_8);
        assertFalse(printed.chars().anyMatch(unit -> Character.isISOControl(unit) && unit != '\n'), printed);
        assertTrue(printed.contains(SHOWN), printed);
    }

    private static Stream<Arguments> prints() {
        return Stream.of(
                print("println", terminal -> terminal.out().println(FOREIGN)),
                print("print", terminal -> terminal.out().print(FOREIGN)),
                print("object", terminal -> terminal.out().println((Object) FOREIGN)),
                print("letters", terminal -> terminal.err().println(FOREIGN.toCharArray())),
                print("format", terminal -> terminal.err().format("%s", FOREIGN)),
                print("append", terminal -> terminal.out().append(FOREIGN)),
                print("error", terminal -> terminal.err().println("atelier: " + FOREIGN)),
                print("value", terminal -> new Fields(terminal).line("name", FOREIGN)),
                print("name", terminal -> new Fields(terminal).line(FOREIGN, "value")),
                print("table", terminal -> {
                    ResultTable table = new ResultTable("A");
                    table.add(FOREIGN);
                    table.print(terminal);
                }));
    }

    private static Arguments print(String name, Consumer<Terminal> print) {
        return Arguments.of(name, print);
    }

    @Test
    void keepsJsonAsItWas() {
        JsonObject json = new JsonObject();
        Map.of("text", FOREIGN, FOREIGN, "key").forEach(json::addProperty);

        PrettyJson.print(json, terminal.out());

        assertEquals(json, JsonParser.parseString(out.toString(UTF_8)));
        assertFalse(out.toString(UTF_8).chars().anyMatch(unit -> Character.isISOControl(unit) && unit != '\n'));
    }

    @Test
    void printsAnErrorLineByLine() {
        terminal.printError("one\ntwo \u001b[2J");

        assertEquals("atelier: one\natelier: two \\u001b[2J\n", err.toString(UTF_8));
    }

    @Test
    void letsTheBarMove() {
        terminal.rawErr().print("\r\u001b[1A");

        assertEquals("\r\u001b[1A", err.toString(UTF_8));
    }
}
