package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.files.Journal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of a process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RestartTest {

    @TempDir
    private Path data;

    @Test
    void resumesAKilledSetBeforeAllOthers() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("done", "ann");
        Job generated = atelier.submit("generated", "ann");
        Job waits = atelier.submit("waits", "bob");
        atelier.studio.next().finish();
        atelier.finishAll(1);
        atelier.studio.next();

        Atelier next = atelier.killed();

        ScriptedSet again = next.studio.next();
        assertEquals("generated", again.prompt());
        assertTrue(again.isResumed());
        assertEquals(2, next.queue.job(generated.id()).attempts());
        assertEquals(waits.submitted(), next.queue.job(waits.id()).submitted());
        again.finish();
        next.await(generated, State.COMPLETED);
    }

    @Test
    void restartsASetThatWasKilledBeforeItHadAFolder() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        atelier.studio.next();
        atelier.studio.clear(generated.output().folder());

        assertFalse(atelier.killed().studio.next().isResumed());
    }

    @Test
    void quarantinesASetThatCrashedTheProcessTwice() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job poison = atelier.submit("poison");
        atelier.submit("harmless");
        atelier.studio.next();
        Atelier second = atelier.killed();
        second.studio.next();

        Atelier third = second.killed();

        Job quarantined = third.queue.job(poison.id());
        assertEquals(State.QUARANTINED, quarantined.state());
        assertEquals(
                "Atelier crashed 2 times while it generated this set, so the set is quarantined. If the set is not the cause,"
                        + " resume it with: atelier jobs resume " + poison.id(),
                quarantined.fault().message());
        assertEquals("harmless", third.studio.next().prompt());

        third.queue.resume(poison.id());
        Atelier fourth = third.killed();
        assertEquals("harmless", fourth.studio.next().prompt());
        assertEquals(State.QUEUED, fourth.queue.job(poison.id()).state());
    }

    @Test
    void anOrderlyStopRequeuesTheRunningSetAndCountsNoCrash() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        atelier.submit("waits");
        for (int restart = 0; restart < 4; restart++) {
            ScriptedSet set = atelier.studio.next();
            assertEquals("generated", set.prompt());
            Atelier stopping = atelier;
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::stop);
            // It is requeued before it has ended.
            atelier.await(generated, State.QUEUED);
            assertFalse(stopped.isDone());
            assertEquals(
                    Code.SERVICE_UNREACHABLE,
                    assertThrows(AtelierException.class, () -> stopping.submit("late"))
                            .code());
            set.pass();
            stopped.get(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            atelier = atelier.restarted();
        }
        atelier.studio.next().finish();
        assertEquals(5, atelier.await(generated, State.COMPLETED).attempts());
    }

    @Test
    void requeuesASetThatFailsBecauseTheProcessStops() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        ScriptedSet set = atelier.studio.next();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(atelier::stop);
        atelier.await(generated, State.QUEUED);
        set.fail(new AtelierException(Code.PLUGIN_WITHDRAWN, "It stops as well."));
        stopped.get(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);

        assertEquals("generated", atelier.restarted().studio.next().prompt());
    }

    @Test
    void aSetThatCompletesWhileTheProcessStopsIsComplete() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        ScriptedSet set = atelier.studio.next();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(atelier::stop);
        atelier.await(generated, State.QUEUED);
        set.finish();
        stopped.get(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);

        assertEquals(State.COMPLETED, atelier.restarted().state(generated));
    }

    @Test
    void aCancellationSurvivesTheProcess() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        atelier.studio.next();
        atelier.queue.cancel(generated.id());

        assertEquals(State.CANCELLED, atelier.killed().state(generated));
    }

    @Test
    void aStuckSetDoesNotKeepTheProcessRunning() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        ScriptedSet set = atelier.studio.next();

        atelier.queue.stop(Duration.ofMillis(1));

        Atelier next = atelier.restarted();
        assertEquals("generated", next.studio.next().prompt());
        set.pass();
        assertEquals(State.RUNNING, next.state(generated));
    }

    /** The state of a job that a caller saw when the journal had this length. */
    private record Acknowledged(long length, Job job) {}

    /**
     * Cuts the journal at each of its bytes: every job that was acknowledged by then exists, in the last acknowledged state or
     * the one after it.
     */
    @Test
    void aJournalCutAnywhereLosesNothingThatWasAcknowledged() throws Exception {
        List<Acknowledged> acknowledged = new ArrayList<>();
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job first = atelier.submit("first", "ann");
        acknowledged.add(now(first));
        ScriptedSet set = atelier.studio.next();
        Job second = atelier.submit("zweites Häuschen", "ann");
        acknowledged.add(now(second));
        Job third = atelier.submit("third", "bob");
        acknowledged.add(now(third));
        acknowledged.add(now(atelier.queue.cancel(second.id())));
        atelier.queue.cancel(first.id());
        set.pass();
        acknowledged.add(now(atelier.await(first, State.CANCELLED)));
        atelier.studio.next().fail(new AtelierException(Code.OUT_OF_MEMORY, "Zu groß."));
        acknowledged.add(now(atelier.await(third, State.FAILED)));
        acknowledged.add(now(atelier.queue.resume(second.id())));
        atelier.studio.next().finish();
        acknowledged.add(now(atelier.await(second, State.COMPLETED)));

        byte[] whole = Files.readAllBytes(journal());
        for (int length = 0; length <= whole.length; length++) {
            JobTable table = read(Arrays.copyOf(whole, length));
            for (Job job : List.of(first, second, third)) {
                String found = table.find(job.id())
                        .map(record -> record.status().state().name())
                        .orElse("absent");
                List<String> legal = legal(acknowledged, job, length);
                assertTrue(legal.contains(found), "%s is %s, cut to %d".formatted(legal, found, length));
            }
        }
    }

    private Path journal() {
        return data.resolve("queue.journal");
    }

    private Acknowledged now(Job job) throws IOException {
        return new Acknowledged(Files.size(journal()), job);
    }

    /** The last state of the job that was acknowledged by then, and the next. */
    private static List<String> legal(List<Acknowledged> acknowledged, Job job, int length) {
        List<String> states = new ArrayList<>(List.of("absent"));
        int last = 0;
        for (Acknowledged then : acknowledged) {
            if (then.job().id().equals(job.id())) {
                State state = then.job().state();
                states.add(state == State.RUNNING ? State.QUEUED.name() : state.name());
                last = then.length() <= length ? states.size() - 1 : last;
            }
        }
        return states.subList(last, Math.min(states.size(), last + 2));
    }

    private JobTable read(byte[] content) throws IOException {
        Path file = data.resolve("cut.journal");
        Files.write(file, content);
        EntryFormat format = new EntryFormat(new FakeFormat());
        JobTable table = new JobTable();
        Journal.read(file).forEach(line -> table.apply(format.read(line)));
        table.markCrashed(Instant.EPOCH);
        return table;
    }

    /** A new process compacts the journal; the result is the same table. */
    @Test
    void readsACompactedJournalAsItReadTheLongOne() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("a1", "ann");
        atelier.submit("a2", "ann");
        atelier.submit("b1", "bob");
        atelier.submit("b2", "bob");
        atelier.studio.next().finish();
        ScriptedSet generated = atelier.studio.next();
        generated.call(listener -> listener.noted("A \"note\"."));
        byte[] written = Files.readAllBytes(journal());

        JobTable before = read(written);
        Atelier.idle(data);

        byte[] compactedSize = Files.readAllBytes(journal());
        assertTrue(compactedSize.length < written.length);
        assertEquals(before.snapshot(), read(compactedSize).snapshot());
        assertEquals(before.queue("cpu"), read(compactedSize).queue("cpu"));
        assertEquals(
                List.of("b1", "a2", "b2"),
                before.queue("cpu").inOrder().stream()
                        .map(record -> record.submission().request().prompts().get(0))
                        .toList());
    }

    @Test
    void keepsTheJournalShort() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.limits(10, 2, 1));
        for (int set = 0; set < 280; set++) {
            Job job = atelier.submit("set " + set);
            atelier.studio.next().finish();
            atelier.await(job, State.COMPLETED);
        }

        assertTrue(Files.readString(journal()).lines().count() <= 1010, "the journal grows");
        assertEquals(2, atelier.killed().queue.jobs().size());
    }

    /** A bit flips on disk: only the entry that it hits is lost, and later jobs are kept. */
    @Test
    void aCorruptEntryLosesOnlyItself() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("generated");
        Job lost = atelier.submit("lost");
        Job kept = atelier.submit("kept");
        byte[] damaged = Files.readAllBytes(journal());
        damaged[new String(damaged, StandardCharsets.ISO_8859_1).indexOf(lost.id())] ^= 1;
        Files.write(journal(), damaged);

        Atelier next = atelier.killed();

        assertEquals(State.QUEUED, next.state(kept));
        assertEquals(
                List.of("generated", "kept"),
                next.queue.jobs().stream()
                        .map(job -> job.request().prompts().get(0))
                        .toList());
    }

    @Test
    void refusesAJournalWithAValueOfANewerAtelier() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("generated");
        String entry = Journal.read(journal()).get(0).replace("QUEUED", "EXHIBITED");
        try (Journal journal = Journal.open(journal())) {
            journal.replace(List.of(entry));
        }

        AtelierException fault = assertThrows(AtelierException.class, () -> Atelier.idle(data));

        assertEquals(Code.INPUT_UNREADABLE, fault.code());
        assertTrue(
                fault.getMessage().contains("does not support the entry: {\"event\":\"recorded\""), fault.getMessage());
    }

    @Test
    void refusesAJournalOfANewerAtelier() throws Exception {
        Journal journal = Journal.open(journal());
        journal.append("{\"event\":\"exhibited\",\"id\":\"x\"}");
        journal.close();

        AtelierException fault = assertThrows(AtelierException.class, () -> Atelier.idle(data));

        assertTrue(fault.getMessage().contains("'exhibited'"), fault.getMessage());
    }
}
