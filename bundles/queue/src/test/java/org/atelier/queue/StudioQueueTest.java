package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.set.ImageSelection;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StudioQueueTest {

    @TempDir
    private Path data;

    private Atelier atelier;

    @BeforeEach
    void open() {
        atelier = Atelier.at(data.resolve("atelier"), Atelier.LIMITS);
    }

    @Test
    void holdsPluginsAndInputFilesOnlyForTheRunningSet() throws Exception {
        atelier.submit("a house");
        ScriptedSet first = atelier.studio.next();
        Job waiting = atelier.submit("a fish");

        assertEquals(State.QUEUED, atelier.state(waiting));
        assertEquals(1, atelier.studio.openSets());

        first.finish();
        atelier.studio.next().finish();
        atelier.await(waiting, State.COMPLETED);
        assertEquals(0, atelier.studio.openSets());
    }

    @Test
    void generatesASubmittedSet() throws Exception {
        Job submitted = atelier.submit("a fish");

        ScriptedSet set = atelier.studio.next();
        set.call(listener -> listener.noted("No fonts."));
        set.call(listener -> listener.progressed(new Progress(Progress.Phase.GENERATING, 3, 8)));
        Job generated = atelier.await(submitted, job -> job.progress() != null);
        set.finish();
        Job complete = atelier.await(submitted, State.COMPLETED);

        assertTrue(submitted.id().matches("[a-z0-9-]{1,64}"), submitted.id());
        assertEquals(
                data.resolve("atelier/sets").resolve(submitted.id()),
                submitted.output().folder());
        assertEquals("cpu", submitted.request().execution().device());
        assertEquals(State.RUNNING, generated.state());
        assertEquals(new Progress(Progress.Phase.GENERATING, 3, 8), generated.progress());
        assertEquals(1, generated.attempts());
        assertEquals(1, complete.images().size());
        assertEquals(List.of("No fonts."), complete.notes());
        assertTrue(complete.ended().isAfter(complete.started()));
        assertNull(complete.progress());
    }

    @Test
    void clientsTakeTurnsAndEachKeepsItsOrder() throws Exception {
        Job first = atelier.submit("a1", "ann");
        Job second = atelier.submit("a2", "ann");
        atelier.submit("a3", "ann");
        Job other = atelier.submit("b1", "bob");
        atelier.submit("c1", "cy");
        atelier.submit("b2", "bob");

        assertEquals(State.RUNNING, atelier.state(first));
        assertEquals(1, atelier.queue.job(other.id()).position());
        assertEquals(3, atelier.queue.job(second.id()).position());
        assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "a3"), atelier.finishAll(6));
    }

    @Test
    void generatesOneSetOnADeviceAndOnSeveralAtATime() throws Exception {
        atelier.submit("one");
        Job waiting = atelier.submit("two");
        SetRequest onGpu = Atelier.request("three").toBuilder().device("cuda:0").build();
        Job beside = atelier.queue.submit(onGpu, new SetOutput(null, null), "anyone");

        assertEquals(State.RUNNING, beside.state());
        assertEquals(State.QUEUED, atelier.state(waiting));
        atelier.studio.next();
        atelier.studio.next();
        atelier.studio.assertIdle();
    }

    @Test
    void generatesAsManySetsOnADeviceAsConfigured() throws Exception {
        Atelier two = Atelier.at(data, Atelier.limits(10, 20, 2));
        two.submit("one");
        two.submit("two");
        Job third = two.submit("three");

        assertEquals(2, two.queue.job(third.id()).position());
        two.queue.configure(Atelier.limits(10, 20, 3));
        assertEquals(State.RUNNING, two.state(third));
    }

    @Test
    void refusesASlice() {
        SetOutput slice = SetOutput.slice(data.resolve("slice"), ImageSelection.of(0, 1));

        AtelierException fault = assertThrows(
                AtelierException.class, () -> atelier.queue.submit(Atelier.request("a house"), slice, "anyone"));

        assertEquals(Code.INVALID_REQUEST, fault.code());
        assertEquals(List.of(), atelier.queue.jobs());
    }

    @Test
    void refusesMoreThanItsCapacity() throws Exception {
        Atelier small = Atelier.at(data, Atelier.limits(2, 20, 1));
        small.submit("generated");
        small.submit("waits");
        small.submit("waits too");

        AtelierException fault = assertThrows(AtelierException.class, () -> small.submit("one more"));

        assertEquals(Code.QUEUE_FULL, fault.code());
        assertEquals("The queue is full (2 sets are waiting); try again later.", fault.getMessage());
        small.studio.next().finish();
        small.studio.next();
        small.submit("one more");
        assertEquals(4, small.queue.jobs().size());
    }

    @Test
    void reservesAPlaceForAClientThatHasNone() throws Exception {
        Atelier small = Atelier.at(data, Atelier.limits(10, 20, 1));
        for (int set = 0; set < 10; set++) {
            small.submit("set " + set, "greedy");
        }
        assertEquals(
                Code.QUEUE_FULL,
                assertThrows(AtelierException.class, () -> small.submit("one more", "greedy"))
                        .code());

        small.submit("modest", "modest");

        assertThrows(AtelierException.class, () -> small.submit("late", "another"));
    }

    @Test
    void rethrowsTheRefusalOfTheStudio() {
        atelier.studio.refusal = new AtelierException(Code.PLUGIN_WITHDRAWN, "It is being replaced.");

        assertEquals(
                Code.PLUGIN_WITHDRAWN,
                assertThrows(AtelierException.class, () -> atelier.submit("a fish"))
                        .code());
        assertEquals(List.of(), atelier.queue.jobs());
    }

    @Test
    void cancelsAWaitingSetAtOnce() throws Exception {
        atelier.submit("generated");
        Job waits = atelier.submit("waits");

        Job cancelled = atelier.queue.cancel(waits.id());

        assertEquals(State.CANCELLED, cancelled.state());
        assertNotNull(cancelled.ended());
        assertEquals(cancelled, atelier.queue.cancel(waits.id()));
        atelier.studio.next().finish();
        atelier.studio.assertIdle();
    }

    @Test
    void cancelsARunningSetAtTheNextPass() throws Exception {
        Job generated = atelier.submit("generated");
        ScriptedSet set = atelier.studio.next();
        set.pass();

        assertEquals(State.RUNNING, atelier.queue.cancel(generated.id()).state());
        assertEquals(State.RUNNING, atelier.queue.cancel(generated.id()).state());
        set.pass();

        Job cancelled = atelier.await(generated, State.CANCELLED);
        assertNull(cancelled.fault());
        assertEquals(cancelled, atelier.queue.cancel(generated.id()));
    }

    @Test
    void resumesASetWhoseCancellationHasNotEnded() throws Exception {
        Job generated = atelier.submit("generated");
        ScriptedSet set = atelier.studio.next();
        atelier.queue.cancel(generated.id());

        assertEquals(State.RUNNING, atelier.queue.resume(generated.id()).state());
        set.pass();

        ScriptedSet again = atelier.studio.next();
        assertTrue(again.isResumed());
        again.finish();
        assertEquals(2, atelier.await(generated, State.COMPLETED).attempts());
    }

    @Test
    void aSetThatCompletesBeforeItSeesTheCancellationIsComplete() throws Exception {
        Job generated = atelier.submit("generated");
        ScriptedSet set = atelier.studio.next();

        atelier.queue.cancel(generated.id());
        set.finish();

        atelier.await(generated, State.COMPLETED);
    }

    @Test
    void reportsWhyASetFailedAndGeneratesTheNext() throws Exception {
        Job fails = atelier.submit("fails");
        Job breaks = atelier.submit("breaks");
        Job overflows = atelier.submit("overflows");
        Job next = atelier.submit("next");

        atelier.studio.next().fail(new AtelierException(Code.PLUGIN_WITHDRAWN, "It was withdrawn."));
        atelier.studio.next().fail(new IllegalStateException("a bug"));
        atelier.studio.next().fail(new OutOfMemoryError("heap"));
        atelier.studio.next().finish();

        assertEquals(
                new Job.Fault(Code.PLUGIN_WITHDRAWN, "It was withdrawn."),
                atelier.await(fails, State.FAILED).fault());
        assertTrue(atelier.await(breaks, State.FAILED).fault().message().contains("a bug"));
        assertEquals(
                Code.OUT_OF_MEMORY,
                atelier.await(overflows, State.FAILED).fault().code());
        atelier.await(next, State.COMPLETED);
    }

    @Test
    void waitsForAPluginThatIsBeingReplaced() throws Exception {
        Atelier patient = Atelier.at(data, new Limits(10, 20, 1, Duration.ofMinutes(1)));
        patient.studio.refuse(new AtelierException(Code.PLUGIN_WITHDRAWN, "It is being replaced."), 1);
        patient.studio.refuse(new AtelierException(Code.INVALID_REQUEST, "There is no attention 'mine'."), 1);
        Job job = patient.submit("a fish");

        patient.studio.next().finish();

        assertEquals(1, patient.await(job, State.COMPLETED).attempts());
    }

    @Test
    void waitsForAPluginUntilTheTimeoutAndNotAfterTheSetHasStarted() throws Exception {
        atelier.studio.refuse(new AtelierException(Code.INVALID_REQUEST, "There is no attention 'mine'."), 1);
        Job missing = atelier.submit("missing");
        assertEquals(
                "There is no attention 'mine'.",
                atelier.await(missing, State.FAILED).fault().message());

        Atelier patient = Atelier.at(data, new Limits(10, 20, 1, Duration.ofMinutes(1)));
        Job withdrawn = patient.submit("withdrawn");
        patient.studio.next().fail(new AtelierException(Code.PLUGIN_WITHDRAWN, "It was withdrawn."));
        patient.await(withdrawn, State.FAILED);
    }

    @Test
    void cancelsASetThatWaitsForAPlugin() throws Exception {
        Atelier patient = Atelier.at(data, new Limits(10, 20, 1, Duration.ofMinutes(1)));
        patient.studio.refuse(new AtelierException(Code.INVALID_REQUEST, "There is no attention 'mine'."), 1000);
        Job job = patient.submit("a fish");

        patient.queue.cancel(job.id());

        patient.await(job, State.CANCELLED);
    }

    @Test
    void resumesFailedAndCancelledSetsOnly() throws Exception {
        Job fails = atelier.submit("fails");
        atelier.studio.next().fail(new AtelierException(Code.OUT_OF_MEMORY, "Too large."));
        atelier.await(fails, State.FAILED);
        Job complete = atelier.submit("complete");
        atelier.studio.next().finish();
        atelier.await(complete, State.COMPLETED);

        Job resumed = atelier.queue.resume(fails.id());

        ScriptedSet again = atelier.studio.next();
        assertTrue(again.isResumed());
        assertNull(resumed.fault());
        assertNull(resumed.ended());
        assertEquals(State.RUNNING, atelier.queue.resume(fails.id()).state());
        assertEquals(State.COMPLETED, atelier.queue.resume(complete.id()).state());
        again.finish();
        assertEquals(2, atelier.await(fails, State.COMPLETED).attempts());
        atelier.studio.assertIdle();
    }

    /** What is written to a removed file would be lost, although every write succeeds. */
    @ParameterizedTest
    @ValueSource(strings = {"queue.journal", ".", "replaced"})
    void acceptsNothingWithoutItsJournal(String removed) throws Exception {
        Path server = data.resolve("atelier");
        Job running = atelier.submit("runs");
        Job waiting = atelier.submit("waits");
        ScriptedSet set = atelier.studio.next();
        if (removed.equals("replaced")) {
            Files.delete(server.resolve("queue.journal"));
            Files.createFile(server.resolve("queue.journal"));
        } else {
            Files.move(server.resolve(removed).normalize(), data.resolve("moved"));
        }

        AtelierException fault = assertThrows(AtelierException.class, () -> atelier.submit("is refused"));
        set.finish();
        atelier.await(running, State.COMPLETED);

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().contains("was removed or replaced while it was in use"), fault.getMessage());
        assertEquals(State.QUEUED, atelier.state(waiting));
        assertEquals(2, atelier.queue.jobs().size());
        atelier.studio.assertIdle();
    }

    @Test
    void forgetsTheOldestEndedJobs() throws Exception {
        Atelier forgetful = Atelier.at(data, Atelier.limits(10, 2, 1));
        Job oldest = forgetful.submit("one");
        forgetful.submit("two");
        Job last = forgetful.submit("three");

        forgetful.finishAll(3);

        forgetful.await(last, State.COMPLETED);
        assertEquals(2, forgetful.queue.jobs().size());
        assertEquals(
                Code.JOB_NOT_FOUND,
                assertThrows(AtelierException.class, () -> forgetful.queue.job(oldest.id()))
                        .code());
    }
}
