package org.atelier.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.health.Finding;
import org.atelier.api.job.Job;
import org.atelier.api.set.ReferenceFile;
import org.atelier.api.set.SetOutput;
import org.atelier.cli.reports.JobFollower;
import org.atelier.cli.terminal.QuietListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class JobCommandsTest {

    private final CommandLineOnFakes atelier = new CommandLineOnFakes();
    private final FakeServer server = atelier.server;

    @Test
    void followsASubmittedSetAndPrintsItAsGenerateDoes() {
        server.updates.addAll(List.of(
                FakeServer.job(Job.State.QUEUED, 0),
                FakeServer.job(Job.State.RUNNING, 1, "This model is a toy."),
                FakeServer.job(Job.State.RUNNING, 3, "This model is a toy."),
                FakeServer.job(Job.State.COMPLETED, 4, "This model is a toy.", "A word is not known.")));

        assertEquals(0, atelier.run("submit", "a house", "a fish", "--out", "set"));

        assertEquals("000.png  a house\ncontact-sheet.png\nset.json\n/home/user/set\n", atelier.out());
        assertEquals(
                List.of(
                        "Job one: Ctrl-C ends this display; the job continues.",
                        "Waiting: 2 sets are ahead in the queue.",
                        "Generating 2 images with sketchbook, ddim, attention shared, 50 steps, seed 42.",
                        "This model is a toy.",
                        "A word is not known."),
                atelier.err().lines().toList());
    }

    @Test
    void saysThatADetachedJobPrintsNoJson() {
        assertEquals(0, atelier.run("submit", "--detach", "--json", "a fish"));

        assertEquals("one\n", atelier.out());
        assertEquals("--detach prints only the id of the job, so --json has no effect.\n", atelier.err());
    }

    @Test
    void submitsTheRequestOfGenerateWithAbsoluteFileNames() {
        atelier.run(
                "submit",
                "--detach",
                "a fish",
                "--style",
                "pop art",
                "--reference",
                "tile.png",
                "--reference-prompt",
                "a house",
                "--picture",
                "../me.png",
                "--place",
                "Bergen,NO",
                "--control",
                "canny=drawing.png",
                "--save-style",
                "pop.style",
                "--out",
                "sets/one");

        assertEquals("one\n", atelier.out());
        assertEquals("pop art", server.submitted.style());
        assertEquals(
                List.of("/home/user/tile.png"),
                server.submitted.references().images().stream()
                        .map(ReferenceFile::file)
                        .toList());
        assertEquals("/home/me.png", server.submitted.contexts().inputs().get(0).input());
        assertEquals("Bergen,NO", server.submitted.contexts().inputs().get(1).input());
        assertEquals(
                "/home/user/drawing.png",
                server.submitted.controls().images().get(0).file());
        assertEquals("sketchbook", server.submitted.model());
        assertEquals(new SetOutput(Path.of("/home/user/sets/one"), Path.of("/home/user/pop.style")), server.output);
        assertEquals(System.getProperty("user.name"), server.client);
    }

    @Test
    void printsOnlyTheFolderWithQuiet() {
        server.updates.add(FakeServer.job(Job.State.COMPLETED, 4, "This model is a toy."));

        assertEquals(0, atelier.run("submit", "a house", "--quiet"));

        assertEquals("/home/user/set\n", atelier.out());
        assertEquals("", atelier.err());
    }

    @Test
    void submitsNothingOnADryRun() {
        assertEquals(0, atelier.run("submit", "a house", "--dry-run"));

        assertNull(server.submitted);
    }

    @Test
    void printsTheRemedyIfNoServerRuns() {
        server.runs = false;

        assertEquals(6, atelier.run("submit", "a house"));
        assertEquals(6, atelier.run("jobs", "list"));
        assertEquals(6, atelier.run("plugins", "--server"));
        assertEquals(3, atelier.err().lines().count());
    }

    @Test
    void usesTheServerOfAnotherDataFolder() {
        assertEquals(6, atelier.run("jobs", "list", "--data", "other"));

        assertTrue(atelier.err().contains("/home/user/other"), atelier.err());
        assertEquals(0, atelier.run("jobs", "list", "--data", "/data"));
    }

    @ParameterizedTest
    @CsvSource({"QUEUE_FULL, 5", "PLUGIN_WITHDRAWN, 5", "INVALID_REQUEST, 2", "SERVICE_UNREACHABLE, 6"})
    void reportsWhyASubmissionIsRejected(Code code, int exit) {
        server.submitFailure = new AtelierException(code, "This and that.");

        assertEquals(exit, atelier.run("submit", "a house"));
        assertEquals("atelier: This and that.\n", atelier.err());
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 5, The memory is spent.", "CANCELLED, 130, was cancelled"})
    void reportsWhyAJobEndedAndHowToResumeIt(Job.State state, int exit, String part) {
        server.updates.add(FakeServer.job(state, 0));

        assertEquals(exit, atelier.run("submit", "a house"));
        assertTrue(atelier.err().contains(part), atelier.err());
        assertTrue(atelier.err().contains("Resume it with: atelier jobs resume one"), atelier.err());
    }

    @Test
    void reportsTheErrorOfAQuarantinedJobUnchanged() {
        server.updates.add(FakeServer.job(Job.State.QUARANTINED, 0));

        assertEquals(5, atelier.run("submit", "a house", "--quiet"));
        assertEquals("atelier: The memory is spent.\n", atelier.err());
    }

    @Test
    void saysThatTheJobIsKeptIfTheServerStops() {
        server.followFailure = new AtelierException(Code.SERVICE_UNREACHABLE, "It does not answer.");

        assertEquals(6, atelier.run("submit", "a house", "--quiet"));
        assertEquals("""
                atelier: It does not answer.
                atelier: Job one is kept and continues when the server has restarted; see its state with: atelier jobs show one
                """, atelier.err());
    }

    /** As while its bundles are updated: the server answers again, and the job is followed to its end. */
    @Test
    void retriesIfTheServerBrieflyDoesNotAnswer() throws Exception {
        server.jobs.put("one", FakeServer.job(Job.State.COMPLETED, 4));
        server.unreachable = 3;

        assertEquals(
                Job.State.COMPLETED, follow(Duration.ofSeconds(30)).follow().state());
        assertEquals(0, server.unreachable);
    }

    @Test
    void givesUpAServerThatDoesNotComeBack() {
        server.unreachable = Integer.MAX_VALUE;

        AtelierException fault = assertThrows(
                AtelierException.class, () -> follow(Duration.ofMillis(1)).follow());

        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
    }

    private JobFollower follow(Duration retry) {
        return new JobFollower(
                server,
                "one",
                new QuietListener(atelier.cancellation),
                atelier.cancellation,
                new JobFollower.Timeouts(Duration.ZERO, retry));
    }

    @Test
    void stopsFollowingWhileTheJobContinues() throws Exception {
        server.updates.add(FakeServer.job(Job.State.RUNNING, 1));
        server.jobs.put("one", FakeServer.job(Job.State.RUNNING, 1));
        atelier.cancellation.began();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return atelier.run("submit", "a house");
            } finally {
                atelier.cancellation.ended();
            }
        });

        assertTrue(atelier.cancellation.request(Duration.ofSeconds(30)));

        assertEquals(130, exit.join());
        assertTrue(
                atelier.err()
                        .contains("Job one continues; see its state with atelier jobs show one, or cancel it with"
                                + " atelier jobs cancel one."),
                atelier.err());
    }

    @Test
    void detectsThatTheServerStopped() {
        server.updates.add(FakeServer.job(Job.State.RUNNING, 1));

        assertEquals(2, atelier.run("submit", "a house"));
        assertTrue(atelier.err().contains("There is no job one."), atelier.err());
    }

    @Test
    void listsAndShowsJobs() {
        server.jobs.put("one", FakeServer.job(Job.State.RUNNING, 1, "This model is a toy."));
        server.jobs.put("two", FakeServer.job(Job.State.QUARANTINED, 0));

        assertEquals(0, atelier.run("jobs", "list"));
        List<String> rows =
                atelier.out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList();
        assertEquals("ID|STATE|IMAGES|CLIENT|SUBMITTED|PROMPTS", rows.get(0));
        assertTrue(rows.get(1).startsWith("one|generating 25 %|1 of 2|you|"), rows.get(1));
        assertTrue(rows.get(2).contains("|quarantined|"), rows.get(2));
        assertTrue(rows.get(2).endsWith("|a house; a fish"), rows.get(2));

        assertEquals(0, atelier.run("jobs", "show", "two"));
        assertTrue(atelier.out().contains("error            The memory is spent.\n"), atelier.out());
        assertTrue(atelier.out().contains("attempts         2\n"), atelier.out());
        assertEquals(2, atelier.run("jobs", "show", "three"));
    }

    @Test
    void saysHowToSubmitIfThereAreNoJobs() {
        assertEquals(0, atelier.run("jobs", "list"));

        assertEquals("", atelier.out());
        assertTrue(atelier.err().contains("atelier submit"), atelier.err());
    }

    @Test
    void cancelsAndResumes() {
        server.jobs.put("one", FakeServer.job(Job.State.CANCELLED, 0));
        assertEquals(0, atelier.run("jobs", "cancel", "one"));
        assertEquals("Job one is cancelled; resume it with: atelier jobs resume one\n", atelier.out());

        server.updates.add(FakeServer.job(Job.State.COMPLETED, 4));
        assertEquals(0, atelier.run("jobs", "resume", "one"));
        assertTrue(atelier.out().endsWith("/home/user/set\n"), atelier.out());
        assertEquals(0, atelier.run("jobs", "resume", "--detach", "one"));
        assertTrue(atelier.out().endsWith("\none\n"), atelier.out());
        assertEquals(2, atelier.run("jobs", "cancel", "three"));
        assertEquals(2, atelier.run("jobs"));
    }

    @Test
    void listsThePluginsOfTheServer() {
        assertEquals(0, atelier.run("plugins", "--server"));
        String there = atelier.out();
        assertEquals(0, atelier.run("plugins"));
        assertEquals(there + there, atelier.out());
    }

    @Test
    void servesUntilStopped() throws Exception {
        atelier.endpoint = Optional.of(URI.create("http://127.0.0.1:38211"));
        atelier.cancellation.began();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return atelier.run("serve");
            } finally {
                atelier.cancellation.ended();
            }
        });

        assertTrue(atelier.cancellation.request(Duration.ofSeconds(30)));

        assertEquals(0, exit.join());
    }

    @Test
    void printsTheAddressBeforeItWaits() {
        atelier.endpoint = Optional.of(URI.create("http://127.0.0.1:38211"));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> atelier.run("serve"));
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!atelier.out().contains("stop the server with Ctrl-C")) {
            assertTrue(System.nanoTime() < deadline, atelier.err());
            Thread.onSpinWait();
        }

        assertTrue(
                atelier.out().startsWith("Atelier listens on http://127.0.0.1:38211; its data folder is /data.\n"),
                atelier.out());
        assertTrue(request());
        assertEquals(0, exit.join());
    }

    @Test
    void reportsWhyTheEndpointDoesNotStart() {
        atelier.findings = List.of(
                new Finding("components", Finding.Severity.FAULT, "mixing.jar", "Its constructor fails.", "Mend it."),
                new Finding(
                        "components",
                        Finding.Severity.FAULT,
                        "org.atelier.queue.QueueComponent of org.atelier.queue",
                        "Its constructor fails: the journal cannot be read.",
                        "Mend it."));

        assertEquals(5, atelier.run("serve"));

        assertEquals("""
                atelier: The server cannot start because parts of it do not work:
                atelier: org.atelier.queue.QueueComponent of org.atelier.queue: Its constructor fails: the journal cannot be read.
                """, atelier.err());
    }

    /** A pipe may be a log, so the token is printed on a terminal only. */
    @ParameterizedTest
    @CsvSource({"0, false", "80, true"})
    void printsTheAddressOfThePageIfThereIsNoBrowser(int columns, boolean authorised, @TempDir Path data)
            throws Exception {
        Files.writeString(data.resolve("token"), "0123456789abcdef");
        atelier.endpoint = Optional.of(URI.create("http://127.0.0.1:38211"));
        atelier.data = data;
        atelier.columns = columns;
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> atelier.run("serve", "--open"));
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!atelier.out().contains("No browser can be opened here")
                || !atelier.out().endsWith("\n")) {
            assertTrue(System.nanoTime() < deadline, atelier.err());
            Thread.onSpinWait();
        }

        assertEquals(
                authorised, atelier.out().contains("http://127.0.0.1:38211/#token=0123456789abcdef"), atelier.out());
        assertTrue(request());
        assertEquals(0, exit.join());
    }

    @ParameterizedTest
    @CsvSource({"--port, 65536", "--port, many", "--data, ' '", "--prot, 1", "--host, ''", "--allow-host, --x"})
    void rejectsInvalidServerOptions(String option, String value) {
        assertEquals(2, atelier.run("serve", option, value));
        assertEquals(1, atelier.err().lines().count(), atelier.err());
    }

    private boolean request() {
        try {
            return atelier.cancellation.request(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
