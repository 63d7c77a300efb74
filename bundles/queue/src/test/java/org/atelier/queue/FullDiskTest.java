package org.atelier.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.job.Job.State;
import org.atelier.api.set.ContextInput;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FullDiskTest {

    @TempDir
    private Path data;

    private final Disk disk = new Disk();

    /** Refuses lines while it is full. */
    private static final class Disk implements JobJournal.Disk {

        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile boolean full;
        boolean replaced;
        volatile CountDownLatch refused = new CountDownLatch(1);

        @Override
        public void append(String line) throws IOException {
            if (full) {
                refused.countDown();
                throw new IOException("No space left on device");
            }
            lines.add(line);
        }

        @Override
        public void replace(List<String> others) {
            replaced = true;
        }

        @Override
        public void close() {}

        List<String> events() {
            return lines.stream()
                    .map(line -> line.replaceFirst("\\{\"event\":\"(\\w+)\".*", "$1"))
                    .toList();
        }
    }

    @Test
    void refusesASubmissionThatCannotBeJournalled() {
        Atelier atelier = Atelier.on(disk, data);
        disk.full = true;

        AtelierException fault = assertThrows(AtelierException.class, () -> atelier.submit("a fish"));

        assertEquals(Code.OUTPUT_UNWRITABLE, fault.code());
        assertTrue(fault.getMessage().contains("No space left on device. Free space"), fault.getMessage());
        assertEquals(List.of(), atelier.queue.jobs());
        atelier.studio.assertIdle();
    }

    @Test
    void keepsTheEndOfASetInMemoryUntilTheDiskHasRoom() throws Exception {
        Atelier atelier = Atelier.on(disk, data);
        Job job = atelier.submit("a fish");
        ScriptedSet set = atelier.studio.next();
        disk.full = true;
        set.finish();
        atelier.await(job, State.COMPLETED);
        assertTrue(disk.refused.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of("recorded", "started"), disk.events());

        disk.full = false;

        atelier.submit("another");
        assertEquals(List.of("recorded", "started", "ended", "recorded", "started"), disk.events());
    }

    @Test
    void startsAWaitingSetWhenTheDiskHasRoom() throws Exception {
        Atelier atelier = Atelier.on(disk, data);
        atelier.submit("first");
        Job second = atelier.submit("second");
        disk.full = true;
        atelier.studio.next().finish();
        assertTrue(disk.refused.await(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS));
        assertEquals(State.QUEUED, atelier.state(second));

        disk.full = false;

        assertEquals("second", atelier.studio.next().prompt());
        assertEquals(List.of("recorded", "started", "recorded", "ended", "started"), disk.events());
    }

    @Test
    void everyWaitingSetWaitsUntilItsDiskHasRoom() throws Exception {
        Atelier atelier = Atelier.at(data.resolve("atelier"));
        Path small = Files.createDirectory(data.resolve("small"));
        atelier.free.put(small, 300_000L);
        List<Job> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SetOutput output = SetOutput.to(small.resolve("set" + i));
            waiting.add(atelier.queue.submit(Atelier.request("set " + i), output, "anyone"));
        }
        atelier.submit("elsewhere");

        ScriptedSet elsewhere = atelier.studio.next();
        assertEquals("elsewhere", elsewhere.prompt());
        for (Job job : waiting) {
            Job waits = atelier.queue.job(job.id());
            assertEquals(State.QUEUED, waits.state());
            assertEquals(
                    List.of("Waiting for space on the disk of %s: it has 300 kB, and the set may need 1 MB."
                            .formatted(job.output().folder())),
                    waits.notes());
        }

        atelier.queue.cancel(waiting.get(0).id());
        atelier.free.put(small, 2_000_000L);
        elsewhere.finish();
        assertEquals("set 1", atelier.studio.next().prompt());
        assertEquals(List.of(), atelier.queue.job(waiting.get(0).id()).notes());
        assertEquals(List.of(), atelier.queue.job(waiting.get(1).id()).notes());
    }

    @Test
    void resumesARunningSetWhoseDiskBecameFull() throws Exception {
        Atelier atelier = Atelier.at(data.resolve("atelier"));
        Path small = Files.createDirectory(data.resolve("small"));
        Job job = atelier.queue.submit(Atelier.request("a fish"), SetOutput.to(small.resolve("set")), "anyone");
        ScriptedSet set = atelier.studio.next();
        atelier.free.put(small, 10_000L);
        set.fail(new AtelierException(Code.OUTPUT_UNWRITABLE, "set.checkpoint cannot be written: no space."));

        Job waits = atelier.await(job, now -> !now.notes().isEmpty());
        assertEquals(State.QUEUED, waits.state());
        assertTrue(waits.notes().get(0).startsWith("Waiting for space on the disk of "), waits.notes()::toString);
        assertEquals(List.of("a fish"), atelier.killed().finishAll(1), "the journal holds it");

        atelier.free.put(small, 2_000_000L);
        ScriptedSet resumed = atelier.studio.next();
        assertTrue(resumed.isResumed());
        resumed.finish();
        assertEquals(2, atelier.await(job, State.COMPLETED).attempts());
    }

    @Test
    void failsASetThatCannotBeWrittenForAnotherReason() throws Exception {
        Atelier atelier = Atelier.at(data.resolve("atelier"));
        Job job = atelier.submit("a fish");
        atelier.studio.next().fail(new AtelierException(Code.OUTPUT_UNWRITABLE, "set is a file."));

        assertEquals("set is a file.", atelier.await(job, State.FAILED).fault().message());
    }

    /** One disk has to take both the files of the set and the copies of its inputs; the data folder alone takes the copies. */
    @ParameterizedTest
    @CsvSource({
        "128, 1, 0, 2_228_223, false",
        "128, 1, 0, 2_228_224, true",
        "128, 1, 500_000, 2_728_223, false",
        "128, 1, 500_000, 2_728_224, true",
        "1024, 4, 0, 35_651_583, false",
        "1024, 4, 0, 35_651_584, true"
    })
    void needsMoreRoomForMoreAndLargerFiles(int side, int images, String input, String free, boolean has)
            throws IOException {
        Path reference = Files.write(data.resolve("song.wav"), new byte[number(input)]);
        SetRequest request = SetRequest.builder()
                .prompts(Collections.nCopies(images, "a fish"))
                .width(side)
                .height(side)
                .contexts(List.of(ContextInput.of("music", reference.toString()), ContextInput.of("place", "Bergen")))
                .build();
        Submission submission =
                new Submission(1, "x", "anyone", request, SetOutput.to(data.resolve("a/b")), Instant.EPOCH);
        DiskSpaceCheck diskSpace =
                new DiskSpaceCheck(data, folder -> new DiskSpaceCheck.Disk("the only one", number(free)));

        assertEquals(
                has,
                diskSpace
                        .shortage(new JobRecord(submission, JobStatus.SUBMITTED))
                        .isEmpty());
    }

    private static int number(String underscored) {
        return Integer.parseInt(underscored.replace("_", ""));
    }

    @Test
    void compactsALongJournalUnlessItIsClosed() {
        JobJournal many = journal();
        for (int line = 0; line <= 1000; line++) {
            many.write(new Entry.Cancelled("x"));
        }
        assertTrue(isCompacted(many));
        JobJournal large = journal();
        large.write(new Entry.Cancelled("x".repeat(16 << 20)));
        assertTrue(isCompacted(large));
        JobJournal few = journal();
        few.write(new Entry.Cancelled("x"));
        assertFalse(isCompacted(few));

        many.close();

        // The next queue may already use the file.
        assertFalse(isCompacted(many));
    }

    private JobJournal journal() {
        return new JobJournal(data.resolve("queue.journal"), new EntryFormat(new FakeFormat()), disk);
    }

    private boolean isCompacted(JobJournal journal) {
        disk.replaced = false;
        journal.compactIfLong(new JobTable());
        return disk.replaced;
    }

    @Test
    void cancelsEvenIfTheDiskIsFull() throws Exception {
        Atelier atelier = Atelier.on(disk, data);
        Job generated = atelier.submit("generated");
        Job waits = atelier.submit("waits");
        disk.full = true;

        assertEquals(State.CANCELLED, atelier.queue.cancel(waits.id()).state());
        atelier.queue.cancel(generated.id());
        atelier.studio.next().pass();

        atelier.await(generated, State.CANCELLED);
        assertThrows(AtelierException.class, () -> atelier.queue.resume(waits.id()));
        assertEquals(State.CANCELLED, atelier.state(waits));
    }
}
