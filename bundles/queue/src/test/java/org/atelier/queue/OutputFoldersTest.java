package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.set.SetOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folders that a job may write to, by whatever path. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OutputFoldersTest {

    @TempDir
    private Path data;

    private Atelier atelier;

    @BeforeEach
    void open() {
        atelier = Atelier.at(data.resolve("atelier"), Atelier.LIMITS);
    }

    @Test
    void refusesUnusableOutputFolders() throws Exception {
        Path folder = data.resolve("house").toAbsolutePath();
        Job first = atelier.queue.submit(Atelier.request("a house"), SetOutput.to(folder), "anyone");

        assertUnwritable("must be absolute", SetOutput.to(Path.of("house")));
        assertUnwritable(
                "Job " + first.id() + " already writes to " + folder,
                SetOutput.to(data.resolve("x/../house").toAbsolutePath()));
        atelier.studio.next().finish();
        atelier.await(first, State.COMPLETED);
        assertUnwritable("holds files of an earlier set", SetOutput.to(folder));
        assertEquals(1, atelier.queue.jobs().size());
    }

    /** Neither the data folder nor one below it, by whatever path: the server keeps its own files there. */
    @ParameterizedTest
    @ValueSource(strings = {".", "framework", "framework/new", "sets/mine", "logs", "link", "link/sets/new"})
    void refusesFoldersOfTheServer(String name) throws IOException {
        Path server = data.resolve("atelier");
        Files.createSymbolicLink(server.resolve("link"), server);
        Files.createSymbolicLink(data.resolve("link"), server);

        assertUnwritable("is in the data folder of the server", SetOutput.to(server.resolve(name)));
        assertUnwritable("is in the data folder of the server", SetOutput.to(data.resolve("link/" + name)));
        assertUnwritable(
                "is in the data folder of the server",
                new SetOutput(data.resolve("set"), server.resolve(name).resolve("card")));
    }

    /** The server keeps style cards by name in its data folder. */
    @Test
    void acceptsAStyleCardThatTheServerKeepsByName() throws IOException {
        Path styles = Files.createDirectory(data.resolve("atelier/styles"));

        atelier.queue.submit(
                Atelier.request("a house"),
                new SetOutput(data.resolve("set"), styles.resolve("pop-1.style")),
                "anyone");

        assertUnwritable(
                "is in the data folder of the server",
                new SetOutput(data.resolve("other"), styles.resolve("Pop.style")));
        assertUnwritable(
                "is in the data folder of the server",
                new SetOutput(data.resolve("other"), styles.resolve("x/pop.style")));
    }

    @Test
    void refusesAFolderOfAnotherJobByAnotherPath() throws IOException {
        Path real = Files.createDirectory(data.resolve("real"));
        Path one = Files.createSymbolicLink(data.resolve("one"), real);
        Path two = Files.createSymbolicLink(data.resolve("two"), one);
        atelier.submit("keeps the device");
        atelier.queue.submit(
                Atelier.request("first"), new SetOutput(one.resolve("set"), one.resolve("card")), "anyone");

        for (Path folder : List.of(real, one, two)) {
            assertUnwritable("already writes to " + folder, SetOutput.to(folder.resolve("set")));
            assertUnwritable(
                    "already writes to " + folder, new SetOutput(folder.resolve("other"), folder.resolve("card")));
        }
        Files.createDirectory(real.resolve("set"));
        assertUnwritable("already writes to " + two, SetOutput.to(two.resolve("set")));
    }

    @Test
    void doesNotResumeIntoAFolderThatAnotherJobUses() throws Exception {
        SetOutput house = SetOutput.to(data.resolve("house").toAbsolutePath());
        atelier.submit("keeps the device");
        Job cancelled = atelier.queue.submit(Atelier.request("first"), house, "anyone");
        atelier.queue.cancel(cancelled.id());
        atelier.queue.submit(Atelier.request("second"), house, "anyone");

        assertEquals(
                Code.OUTPUT_UNWRITABLE,
                assertThrows(AtelierException.class, () -> atelier.queue.resume(cancelled.id()))
                        .code());
    }

    @Test
    void doesNotResumeTheSetOfAnotherJobInItsFolder() throws Exception {
        Path folder = data.resolve("house").toAbsolutePath();
        Job waits = atelier.submit("keeps the device");
        Job job = atelier.queue.submit(Atelier.request("mine"), SetOutput.to(folder), "anyone");
        atelier.studio.claim(folder);
        atelier.studio.next().finish();
        atelier.await(waits, State.COMPLETED);
        atelier.await(job, State.FAILED);

        atelier.queue.resume(job.id());

        assertEquals(
                Code.OUTPUT_UNWRITABLE,
                atelier.await(job, now -> now.attempts() == 2 && now.state() == State.FAILED)
                        .fault()
                        .code());
        atelier.studio.assertIdle();
    }

    private void assertUnwritable(String message, SetOutput output) {
        AtelierException fault = assertThrows(
                AtelierException.class, () -> atelier.queue.submit(Atelier.request("a fish"), output, "anyone"));
        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().contains(message), fault.getMessage());
    }
}
