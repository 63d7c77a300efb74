package org.atelier.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.atelier.api.health.Finding;
import org.atelier.api.health.Finding.Severity;
import org.junit.jupiter.api.Test;

class RunningCheckTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void returnsTheFindingsOfOwnChecks() {
        Findings findings = new Findings();
        findings.fault("a.jar", "It is no jar.", "Copy it again.");
        findings.fine("deploy/", "It is there.");

        assertEquals(
                List.of(
                        new Finding("files", Severity.FAULT, "a.jar", "It is no jar.", "Copy it again."),
                        new Finding("files", Severity.OK, "deploy/", "It is there.", "")),
                run(findings::result, LONG));
    }

    @Test
    void returnsEntriesOfOtherChecksWithoutDebug() {
        FormattingResultLog log = new FormattingResultLog();
        log.debug("counted {}", 7);
        log.temporarilyUnavailable("warming up");
        log.add(new ResultLog.Entry(Result.Status.CRITICAL, "the well is dry", new IOException("no water")));

        assertEquals(
                List.of(
                        new Finding("files", Severity.WARNING, "files", "warming up", ""),
                        new Finding("files", Severity.FAULT, "files", "the well is dry (IOException: no water)", "")),
                run(() -> new Result(log), LONG));
    }

    @Test
    void returnsOneFindingForACheckWithoutEntries() {
        FormattingResultLog log = new FormattingResultLog();
        log.debug("counted {}", 7);

        assertEquals(
                List.of(new Finding("files", Severity.OK, "files", "It reports nothing else.", "")),
                run(() -> new Result(log), LONG));
    }

    @Test
    void aCheckThatFailsIsAFinding() {
        assertEquals(
                List.of(new Finding(
                        "files",
                        Severity.FAULT,
                        "files",
                        "The check failed: IOException: no such folder.",
                        "See the log for details.")),
                run(
                        () -> {
                            throw new UncheckedIOException(new IOException("no such folder"));
                        },
                        LONG));
    }

    @Test
    void aCheckThatNeverEndsIsAFindingAndIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);

        List<Finding> findings = run(
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return new Result(Result.Status.OK, "late");
                },
                Duration.ofMillis(1));

        assertEquals("The check did not finish in time.", findings.get(0).message());
        interrupted.await();
    }

    private static List<Finding> run(Supplier<Result> check, Duration timeout) {
        return RunningCheck.begin("files", check).findings(timeout);
    }
}
