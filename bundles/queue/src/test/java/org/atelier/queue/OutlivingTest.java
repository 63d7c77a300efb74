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

/** What one process tells the next. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OutlivingTest {

    @TempDir
    private Path data;

    @Test
    void aKilledSetIsGoneOnWithBeforeAllOthers() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("done", "ann");
        Job generated = atelier.submit("generated", "ann");
        Job waits = atelier.submit("waits", "bob");
        atelier.studio.next().finish();
        atelier.finishAll(1);
        atelier.studio.next();

        Atelier next = atelier.killed();

        Sitting again = next.studio.next();
        assertEquals("generated", again.prompt());
        assertTrue(again.isResumed());
        assertEquals(2, next.queue.job(generated.id()).attempts());
        assertEquals(waits.submitted(), next.queue.job(waits.id()).submitted());
        again.finish();
        next.await(generated, State.COMPLETED);
    }

    @Test
    void aSetThatDiedBeforeItsFolderWasTakenIsBegunAnew() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        atelier.studio.next();
        atelier.studio.clear(generated.output().folder());

        assertFalse(atelier.killed().studio.next().isResumed());
    }

    @Test
    void whatTookTheProcessWithItTwiceIsSetAside() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job poison = atelier.submit("poison");
        atelier.submit("harmless");
        atelier.studio.next();
        Atelier second = atelier.killed();
        second.studio.next();

        Atelier third = second.killed();

        Job aside = third.queue.job(poison.id());
        assertEquals(State.QUARANTINED, aside.state());
        assertEquals(
                "Atelier died 2 times while it generated this set, so the set is quarantined. If it was not the set's doing,"
                        + " resume it with: atelier jobs resume " + poison.id(),
                aside.fault().message());
        assertEquals("harmless", third.studio.next().prompt());

        third.queue.resume(poison.id());
        Atelier fourth = third.killed();
        assertEquals("harmless", fourth.studio.next().prompt());
        assertEquals(State.QUEUED, fourth.queue.job(poison.id()).state());
    }

    @Test
    void anOrderlyStopPutsBackWhatIsGeneratedAndIsNoDeath() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        atelier.submit("waits");
        for (int restart = 0; restart < 4; restart++) {
            Sitting sitting = atelier.studio.next();
            assertEquals("generated", sitting.prompt());
            Atelier stopping = atelier;
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::stop);
            // It is put back before it has ended.
            atelier.await(generated, State.QUEUED);
            assertFalse(stopped.isDone());
            assertEquals(
                    Code.SERVICE_UNREACHABLE,
                    assertThrows(AtelierException.class, () -> stopping.submit("late"))
                            .code());
            sitting.pass();
            stopped.get(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS);
            atelier = atelier.restarted();
        }
        atelier.studio.next().finish();
        assertEquals(5, atelier.await(generated, State.COMPLETED).attempts());
    }

    @Test
    void whatFailsBecauseTheProcessStopsIsPutBackToo() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        Sitting sitting = atelier.studio.next();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(atelier::stop);
        atelier.await(generated, State.QUEUED);
        sitting.fail(new AtelierException(Code.PLUGIN_WITHDRAWN, "It stops as well."));
        stopped.get(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertEquals("generated", atelier.restarted().studio.next().prompt());
    }

    @Test
    void whatIsCompletedWhileTheProcessStopsIsComplete() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        Sitting sitting = atelier.studio.next();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(atelier::stop);
        atelier.await(generated, State.QUEUED);
        sitting.finish();
        stopped.get(Sitting.PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertEquals(State.COMPLETED, atelier.restarted().state(generated));
    }

    @Test
    void aCancellationOutlivesTheProcess() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        atelier.studio.next();
        atelier.queue.cancel(generated.id());

        assertEquals(State.CANCELLED, atelier.killed().state(generated));
    }

    @Test
    void aStuckGenerationDoesNotKeepTheProcess() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job generated = atelier.submit("generated");
        Sitting sitting = atelier.studio.next();

        atelier.queue.stop(Duration.ofMillis(1));

        Atelier next = atelier.restarted();
        assertEquals("generated", next.studio.next().prompt());
        sitting.pass();
        assertEquals(State.RUNNING, next.state(generated));
    }

    /** What was said of a job when the journal was so long. */
    private record Acknowledged(long length, Job job) {}

    /**
     * The journal cut at each of its bytes: every job is there that was acknowledged by then, and is as it was said last, or
     * as was about to be said next.
     */
    @Test
    void aJournalCutAnywhereLosesNothingThatWasAcknowledged() throws Exception {
        List<Acknowledged> said = new ArrayList<>();
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        Job first = atelier.submit("first", "ann");
        said.add(now(first));
        Sitting sitting = atelier.studio.next();
        Job second = atelier.submit("zweites Häuschen", "ann");
        said.add(now(second));
        Job third = atelier.submit("third", "bob");
        said.add(now(third));
        said.add(now(atelier.queue.cancel(second.id())));
        atelier.queue.cancel(first.id());
        sitting.pass();
        said.add(now(atelier.await(first, State.CANCELLED)));
        atelier.studio.next().fail(new AtelierException(Code.OUT_OF_MEMORY, "Zu groß."));
        said.add(now(atelier.await(third, State.FAILED)));
        said.add(now(atelier.queue.resume(second.id())));
        atelier.studio.next().finish();
        said.add(now(atelier.await(second, State.COMPLETED)));

        byte[] whole = Files.readAllBytes(journal());
        for (int length = 0; length <= whole.length; length++) {
            JobTable book = read(Arrays.copyOf(whole, length));
            for (Job job : List.of(first, second, third)) {
                String found = book.find(job.id())
                        .map(commission -> commission.course().state().name())
                        .orElse("absent");
                List<String> legal = legal(said, job, length);
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

    /** The last that was said of the job by then, and the next. */
    private static List<String> legal(List<Acknowledged> said, Job job, int length) {
        List<String> states = new ArrayList<>(List.of("absent"));
        int last = 0;
        for (Acknowledged then : said) {
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
        JobTable book = new JobTable();
        Journal.read(file).forEach(line -> book.apply(format.read(line)));
        book.outlive(Instant.EPOCH);
        return book;
    }

    /** A new process writes the journal anew; that it did so changes nothing. */
    @Test
    void readsWhatItShortenedAsItReadItBefore() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("a1", "ann");
        atelier.submit("a2", "ann");
        atelier.submit("b1", "bob");
        atelier.submit("b2", "bob");
        atelier.studio.next().finish();
        Sitting generated = atelier.studio.next();
        generated.tell(listener -> listener.noted("A \"note\"."));
        byte[] written = Files.readAllBytes(journal());

        JobTable before = read(written);
        Atelier.idle(data);

        byte[] shortened = Files.readAllBytes(journal());
        assertTrue(shortened.length < written.length);
        assertEquals(before.asItStands(), read(shortened).asItStands());
        assertEquals(before.line("cpu"), read(shortened).line("cpu"));
        assertEquals(
                List.of("b1", "a2", "b2"),
                before.line("cpu").inOrder().stream()
                        .map(commission ->
                                commission.order().request().prompts().get(0))
                        .toList());
    }

    @Test
    void keepsAJournalShortWhereverItEnds() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.limits(10, 2, 1));
        for (int set = 0; set < 280; set++) {
            Job job = atelier.submit("set " + set);
            atelier.studio.next().finish();
            atelier.await(job, State.COMPLETED);
        }

        assertTrue(Files.readString(journal()).lines().count() <= 1010, "the journal grows");
        assertEquals(2, atelier.killed().queue.jobs().size());
    }

    /** A bit flips on the disk: the entry that it hits is lost, and whoever was accepted later is not. */
    @Test
    void aSpoiltEntryCostsOnlyWhatItTold() throws Exception {
        Atelier atelier = Atelier.at(data, Atelier.LIMITS);
        atelier.submit("generated");
        Job lost = atelier.submit("lost");
        Job kept = atelier.submit("kept");
        byte[] spoilt = Files.readAllBytes(journal());
        spoilt[new String(spoilt, StandardCharsets.ISO_8859_1).indexOf(lost.id())] ^= 1;
        Files.write(journal(), spoilt);

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
        assertTrue(fault.getMessage().contains("does not understand: {\"event\":\"stands\""), fault.getMessage());
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
