package org.atelier.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.atelier.api.batch.BatchOutcome;
import org.junit.jupiter.api.Test;

class BatchProgressReporterTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private long now = 5;

    private void end(BatchProgressReporter reporter, Duration after) {
        now += after.toNanos();
        reporter.setEnded(BatchOutcome.complete("a", Path.of("a"), 4));
    }

    /** The time left follows from the sets of this run, not from those that were complete before. */
    @Test
    void estimatesTheTimeLeft() {
        PrintStream stream = new PrintStream(err, true, UTF_8);
        Terminal terminal = new Terminal(Path.of(""), stream, 0, stream, 0);
        try (BatchProgressReporter reporter = new BatchProgressReporter(terminal, new Cancellation(), () -> now)) {
            reporter.resolved(105, 5);
            reporter.setStarted("a", 6, 105);
            end(reporter, Duration.ofMinutes(3));
            reporter.setStarted("b", 7, 105);
            for (int set = 2; set <= 90; set++) {
                end(reporter, Duration.ofMinutes(3));
            }
            reporter.setStarted("c", 96, 105);
            for (int set = 91; set <= 100; set++) {
                end(reporter, Duration.ZERO);
            }
            reporter.setStarted("d", 105, 105);
        }

        assertEquals(
                List.of(
                        "5 of 105 sets are complete already.",
                        "Set 6 of 105: a",
                        "Set 7 of 105: b (about 4 h 57 min left)",
                        "Set 96 of 105: c (about 30 min left)",
                        "Set 105 of 105: d (less than a minute left)"),
                err.toString(UTF_8).lines().toList());
    }
}
