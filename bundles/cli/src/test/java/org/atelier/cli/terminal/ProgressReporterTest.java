package org.atelier.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.atelier.api.set.Progress;
import org.atelier.api.set.Progress.Phase;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void showsAProgressBarOnATerminal() {
        reportSet(true);

        assertTrue(err.toString(UTF_8).contains("Generating 100%"), err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains("Inverting 100%"), err.toString(UTF_8));
        assertTrue(err.toString(UTF_8).contains("8/8"), err.toString(UTF_8));
    }

    @Test
    void showsNoProgressBarInALogFile() {
        reportSet(false);

        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void wrapsSentencesBetweenWords() {
        assertEquals(
                List.of("one two", "  three", "  overlongword", "  four"),
                Paragraph.lines("one two three overlongword four", 9));
        assertEquals(List.of("one"), Paragraph.lines(" one\n", 9));
    }

    private void reportSet(boolean interactive) {
        Terminal terminal = new Terminal(
                Path.of(""),
                new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                0,
                new PrintStream(err, true, UTF_8),
                interactive ? 80 : 0);
        try (ProgressReporter reporter = new ProgressReporter(terminal, new Cancellation())) {
            reporter.progressed(new Progress(Phase.LOADING_MODEL, 3, 3));
            reporter.progressed(new Progress(Phase.INVERTING, 5, 5));
            for (int done = 1; done <= 8; done++) {
                reporter.progressed(new Progress(Phase.GENERATING, done, 8));
            }
        }
    }
}
