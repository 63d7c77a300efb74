package org.atelier.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/** Simulates one process: a queue over a fake studio, with a data folder. */
final class Atelier {

    static final Limits LIMITS = limits(10, 20, 1);

    final FakeStudio studio;
    final StudioQueue queue;
    final JobTable table = new JobTable();
    private final Path data;
    private final Limits limits;

    /** The bytes free on the disk of each folder, and of every one below it; unlimited where none is given. */
    final Map<Path, Long> free = new ConcurrentHashMap<>();

    private Atelier(Path data, FakeStudio studio, Limits limits, JobJournal.Disk disk) {
        this.data = created(data);
        this.studio = studio;
        this.limits = limits;
        Path file = data.resolve("queue.journal");
        EntryFormat format = new EntryFormat(new FakeFormat());
        Clock clock = new TickingClock();
        JobJournal journal = disk == null
                ? JobJournal.open(file, format, table, clock.instant())
                : new JobJournal(file, format, disk);
        this.queue = new StudioQueue(
                studio,
                table,
                journal,
                new OutputFolders(data.resolve("sets"), studio, new Random(1)),
                new DiskSpaceCheck(data, this::disk),
                clock,
                new QueueThreads(Duration.ofMillis(1)),
                limits);
    }

    private DiskSpaceCheck.Disk disk(Path folder) {
        return free.entrySet().stream()
                .filter(entry -> folder.startsWith(entry.getKey()))
                .map(entry -> new DiskSpaceCheck.Disk(entry.getKey(), entry.getValue()))
                .findFirst()
                .orElse(new DiskSpaceCheck.Disk("another", Long.MAX_VALUE));
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Advances by one second at each reading, across all simulated processes. */
    private static final class TickingClock extends Clock {

        private static final AtomicLong SECONDS = new AtomicLong(1_000_000_000);

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(SECONDS.incrementAndGet());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    static Atelier at(Path data) {
        return at(data, LIMITS);
    }

    static Atelier at(Path data, Limits limits) {
        return new Atelier(data, new FakeStudio(), limits, null).begun();
    }

    static Atelier on(JobJournal.Disk disk, Path data) {
        return new Atelier(data, new FakeStudio(), LIMITS, disk).begun();
    }

    static Limits limits(int capacity, int history, int setsPerDevice) {
        return new Limits(capacity, history, setsPerDevice, Duration.ZERO);
    }

    /** Reads the journal, and generates nothing. */
    static Atelier idle(Path data) {
        return new Atelier(data, new FakeStudio(), LIMITS, null);
    }

    private Atelier begun() {
        queue.begin();
        return this;
    }

    /** The next process after this one was killed now: it finds what was on disk. */
    Atelier killed() {
        return at(copied(), limits, studio.restarted());
    }

    /** The next process after this one stopped in order. */
    Atelier restarted() {
        return at(data, limits, studio.restarted());
    }

    private static Atelier at(Path data, Limits limits, FakeStudio studio) {
        return new Atelier(data, studio, limits, null).begun();
    }

    private Path copied() {
        try {
            Path copy = Files.createTempDirectory(data, "killed");
            Files.copy(data.resolve("queue.journal"), copy.resolve("queue.journal"));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Job submit(String prompt) {
        return submit(prompt, "anyone");
    }

    Job submit(String prompt, String client) {
        return queue.submit(request(prompt), new SetOutput(null, null), client);
    }

    static SetRequest request(String prompt) {
        return SetRequest.builder().prompts(prompt).build();
    }

    Job.State state(Job job) {
        return queue.job(job.id()).state();
    }

    /** Waits until a job is in a state. */
    Job await(Job job, Job.State state) throws Exception {
        return await(job, now -> now.state() == state);
    }

    Job await(Job job, Predicate<Job> condition) throws Exception {
        CompletableFuture<Job> met = new CompletableFuture<>();
        SetQueue.Subscription following = queue.subscribe(job.id(), now -> {
            if (condition.test(now)) {
                met.complete(now);
            }
        });
        try {
            return met.get(ScriptedSet.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the job is " + queue.job(job.id()), e);
        } finally {
            following.close();
        }
    }

    /** Finishes the given number of sets one after the other. @return their prompts, in order */
    List<String> finishAll(int count) throws InterruptedException {
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ScriptedSet set = studio.next();
            prompts.add(set.prompt());
            set.finish();
        }
        return prompts;
    }

    void stop() {
        queue.stop(Duration.ofSeconds(ScriptedSet.TIMEOUT_SECONDS));
    }
}
