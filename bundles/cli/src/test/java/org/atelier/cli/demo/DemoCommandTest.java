package org.atelier.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.atelier.api.AtelierException;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {

    private static final int COMMANDS = 12;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Cancellation cancellation = new Cancellation();
    private final List<List<String>> ran = new ArrayList<>();

    /** The number of the command that fails. */
    private int failing;

    /** The number of the command during which the user presses Ctrl-C. */
    private int cancelled;

    @TempDir
    private Path folder;

    private Path inputs;

    @BeforeEach
    void makeInputs() throws IOException {
        inputs = Files.createDirectory(folder.resolve("inputs"));
        for (String name : List.of("tile.png", "picture.png", "drawing.png")) {
            writeImage(inputs.resolve(name));
        }
        Files.writeString(inputs.resolve("note.wav"), "a recording");
        Files.writeString(inputs.resolve("song.wav"), "a tune");
    }

    @Test
    void showsEveryCommandWithItsInputsAndResults() throws IOException {
        assertEquals(ExitCode.DONE, run("--out", "demo", "--steps", "7"), err.toString(UTF_8));

        assertEquals(COMMANDS, ran.size());
        Path page = folder.resolve("demo/demo.html");
        assertEquals(page + "\n", out.toString(UTF_8));
        String html = Files.readString(page);
        assertTrue(html.contains("<code>atelier generate 'a house' 'a fish'"));
        assertEquals(COMMANDS, count("<section>", html));
        assertEquals(4, count("<audio controls preload=\"none\" aria-label=\"inputs/", html));
        assertTrue(html.contains("<figcaption>a picture of &lt;aligned&gt;</figcaption>"));
        assertTrue(html.contains("<figcaption>the control image: canny</figcaption>"));
        assertTrue(html.contains("<h3>shared without adain</h3>"));
        assertTrue(html.contains("<pre class=\"output\" tabindex=\"0\">text of describe</pre>"));
        assertFalse(html.contains("text of generate"));
        assertFalse(Pattern.compile("(src|href)=\"(?!data:|#)").matcher(html).find());
        assertTrue(
                ran.stream().filter(arguments -> arguments.contains("--steps")).allMatch(arguments -> arguments
                        .get(arguments.indexOf("--steps") + 1)
                        .equals("7")));
        assertTrue(err.toString(UTF_8).startsWith("1 of 12: Images without a common style\n    atelier generate"));
    }

    @Test
    void namesTheCommandThatFailed() {
        failing = 3;

        assertEquals(ExitCode.MODEL, run("--out", "demo", "--quiet"));

        assertEquals(3, ran.size());
        String[] lines = err.toString(UTF_8).split("\n");
        assertEquals("atelier: a model is missing", lines[0]);
        assertTrue(lines[1].startsWith(
                "atelier: The demonstration stopped, for this command failed: atelier generate 'a cat'"));
        assertEquals(2, lines.length);
        assertFalse(Files.exists(folder.resolve("demo/demo.html")));
        assertEquals("", out.toString(UTF_8));
    }

    @Test
    void stopsWhenItIsCancelled() {
        cancelled = 2;

        assertEquals(ExitCode.CANCELLED, run("--out", "demo"));

        assertEquals(2, ran.size());
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("demo")).resolve("mine.txt"), "mine");

        assertEquals(ExitCode.OUTPUT, run("--out", "demo"));

        assertTrue(err.toString(UTF_8).contains("demo is not empty; choose another folder"));
        assertTrue(ran.isEmpty());
    }

    private int run(String... arguments) {
        Terminal terminal =
                new Terminal(folder, new PrintStream(out, true, UTF_8), 0, new PrintStream(err, true, UTF_8), 0);
        DemoCommand command = new DemoCommand(inputs, this::commands, "1.2.3", terminal, cancellation);
        return new CommandLine(command)
                .setExecutionExceptionHandler((fault, line, parsed) -> {
                    terminal.printError(fault.getMessage());
                    return ExitCode.of(((AtelierException) fault).code());
                })
                .execute(arguments);
    }

    private ToIntFunction<String[]> commands(Terminal terminal) {
        return arguments -> {
            ran.add(List.of(arguments));
            if (ran.size() == failing) {
                terminal.printError("a model is missing");
                return ExitCode.MODEL;
            }
            if (ran.size() == cancelled) {
                request();
            }
            terminal.out().println("text of " + arguments[0]);
            writeSets(terminal.folder(), List.of(arguments));
            return ExitCode.DONE;
        };
    }

    private void request() {
        try {
            cancellation.request(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void writeSets(Path folder, List<String> arguments) {
        if (!arguments.contains("--out")) {
            return;
        }
        String out = arguments.get(arguments.indexOf("--out") + 1);
        List<String> sets = arguments.get(0).equals("generate")
                ? List.of(out)
                : List.of("unaligned", "full-sharing", "shared-without-adain", "aligned").stream()
                        .map(variant -> out + "/seed-3/" + variant)
                        .toList();
        try {
            for (String set : sets) {
                Path images = Files.createDirectories(folder.resolve(set));
                writeImage(images.resolve("000.png"));
                Files.writeString(images.resolve("set.json"), """
                        {"files": [
                          {"file": "000.png", "prompt": "a picture of <%s>"},
                          {"file": "000.png", "control": "canny"},
                          {"file": "contact-sheet.png"}]}
                        """.formatted(set));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeImage(Path file) throws IOException {
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    private static long count(String part, String text) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
