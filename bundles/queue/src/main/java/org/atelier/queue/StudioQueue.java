package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.JOB_NOT_FOUND;
import static org.atelier.api.AtelierException.Code.QUEUE_FULL;
import static org.atelier.api.AtelierException.Code.SERVICE_UNREACHABLE;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.JobListener;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a process. Whatever happens to a job is an entry, which is written first and believed then; all of it
 * under one lock, but for the generation itself and what only reads the request.
 */
final class StudioQueue implements SetQueue {

    private static final Logger LOG = LoggerFactory.getLogger(StudioQueue.class);

    private final Studio studio;
    private final JobTable book;
    private final JobJournal journal;
    private final OutputFolders places;
    private final Clock clock;
    private final Threads threads;
    private final Subscribers audience;
    private final Map<String, JobExecution> generations = new HashMap<>();
    private Limits limits;
    private boolean begins;
    private boolean stopped;

    /**
     * Generates nothing before {@link #begin}.
     *
     * @param book what the journal came to
     * @param places where sets may go
     * @param threads run the generations, and what follows them
     */
    StudioQueue(
            Studio studio,
            JobTable book,
            JobJournal journal,
            OutputFolders places,
            Clock clock,
            Threads threads,
            Limits limits) {
        this.studio = studio;
        this.book = book;
        this.journal = journal;
        this.places = places;
        this.clock = clock;
        this.threads = threads;
        this.audience = new Subscribers(threads);
        this.limits = limits;
    }

    /** From now on sets are generated. */
    synchronized void begin() {
        begins = true;
        changed();
    }

    /** Holds for what is submitted, begun and ended from now on. */
    synchronized void configure(Limits changed) {
        limits = changed;
        changed();
    }

    @Override
    public Job submit(SetRequest request, SetOutput output, String client) {
        Objects.requireNonNull(client, "client");
        SetRequest resolved = studio.resolve(request);
        synchronized (this) {
            requireOpen();
            requireRoom(client);
            String id = places.newId(known -> book.find(known).isPresent());
            SetOutput place = places.of(id, output);
            requireFree(place, id);
            places.requireUsable(place);
            Submission order = new Submission(book.nextNumber(), id, client, resolved, place, clock.instant());
            write(new Entry.Stands(new JobRecord(order, JobStatus.WAITING)));
            changed();
            return jobNow(id);
        }
    }

    @Override
    public synchronized List<Job> jobs() {
        return book.all(commission -> true).stream().map(this::job).toList();
    }

    @Override
    public synchronized Job job(String id) {
        return job(commission(id));
    }

    @Override
    public synchronized Job cancel(String id) {
        requireOpen();
        JobRecord commission = commission(id);
        JobStatus course = commission.course();
        if (commission.isQueued()) {
            writeOrKeep(new Entry.Ended(
                    id, clock.instant(), Job.State.CANCELLED, course.touched(), course.images(), course.notes(), null));
            changed();
        } else if (commission.isLive() && !course.ending()) {
            writeOrKeep(new Entry.Cancelled(id));
            generations.get(id).end();
        }
        return jobNow(id);
    }

    @Override
    public synchronized Job resume(String id) {
        requireOpen();
        JobRecord commission = commission(id);
        if (commission.course().mayGoOn()) {
            requireRoom(commission.order().client());
            requireFree(commission.order().output(), id);
            write(new Entry.Resumed(id));
            changed();
        }
        return jobNow(id);
    }

    @Override
    public synchronized Following follow(String id, JobListener listener) {
        return audience.add(job(id), listener);
    }

    /**
     * Takes nothing more and ends what is being generated at its next pass, so that the next process begins with it.
     *
     * @param patience how long is waited for that
     */
    synchronized void stop(Duration patience) {
        if (stopped) {
            return;
        }
        stopped = true;
        generations.forEach((id, generation) -> {
            // Before it has ended, for nobody knows whether it is given the time. What was cancelled ends as that.
            if (!commission(id).course().ending()) {
                writeOrKeep(new Entry.Stopped(id));
            }
            generation.end();
        });
        audience.tell(this::jobNow);
        awaitGenerations(patience);
        threads.stop();
        journal.close();
    }

    private void awaitGenerations(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!generations.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    LOG.warn("Jobs {} are still being generated although they were told to end", generations.keySet());
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has changed may let others be generated, or forgotten, and moves those that wait. */
    private void changed() {
        forgetTheOldest();
        beginWhatCan();
        journal.shortenIfLong(book);
        retryIfBehind();
        audience.tell(this::jobNow);
    }

    private void forgetTheOldest() {
        book.endedBefore(limits.history()).forEach(commission -> {
            writeOrKeep(new Entry.Forgotten(commission.id()));
            audience.forget(commission.id());
        });
    }

    private void beginWhatCan() {
        for (String device : book.devices()) {
            Optional<JobRecord> next = next(device);
            while (begins && !stopped && next.isPresent() && isFree(device) && begin(next.get())) {
                next = next(device);
            }
        }
    }

    private Optional<JobRecord> next(String device) {
        return book.line(device).inOrder().stream().findFirst();
    }

    private boolean isFree(String device) {
        return generatedOn(device) < limits.setsPerDevice();
    }

    /** @return false if that cannot be written, so that it must wait */
    private boolean begin(JobRecord commission) {
        String id = commission.id();
        try {
            write(new Entry.Begun(id, clock.instant()));
        } catch (AtelierException e) {
            LOG.debug("Job {} waits: {}", id, e.getMessage());
            threads.later(this::retry);
            return false;
        }
        JobExecution generation = new JobExecution(commission, () -> tell(id), audience, limits.pluginTimeout());
        generations.put(id, generation);
        threads.execute(() -> ended(id, generation.generate(studio, clock)));
        return true;
    }

    private synchronized void ended(String id, Entry.Ended end) {
        generations.remove(id);
        JobStatus course = commission(id).course();
        Job.State state = course.state();
        // A set that was put back because the process ends is put back, whatever ended it, unless it was completed.
        if (state == Job.State.RUNNING || (state == Job.State.QUEUED && end.state() == Job.State.COMPLETED)) {
            writeOrKeep(end);
            if (end.state() == Job.State.CANCELLED && !course.ending()) {
                writeOrKeep(new Entry.Resumed(id));
            }
        }
        changed();
        notifyAll();
    }

    private void retryIfBehind() {
        if (journal.isBehind() && !stopped) {
            threads.later(this::retry);
        }
    }

    private synchronized void retry() {
        if (!stopped) {
            journal.catchUp();
            changed();
        }
    }

    private void write(Entry entry) {
        journal.write(entry);
        happened(entry);
    }

    private void writeOrKeep(Entry entry) {
        journal.writeOrKeep(entry);
        happened(entry);
    }

    private void happened(Entry entry) {
        book.apply(entry);
        LOG.info("Job {} {}", entry.id(), entry.inWords());
    }

    private synchronized void tell(String id) {
        audience.tell(id, this::jobNow);
    }

    private Job jobNow(String id) {
        return job(commission(id));
    }

    private Job job(JobRecord commission) {
        if (commission.isQueued()) {
            String device = commission.device();
            return commission.job(generatedOn(device) + book.line(device).ahead(commission));
        }
        JobExecution generation = generations.get(commission.id());
        return generation == null || !commission.isLive() ? commission.job(0) : generation.job(commission, 0);
    }

    private int generatedOn(String device) {
        return (int) generations.values().stream()
                .filter(generation -> generation.device().equals(device))
                .count();
    }

    private JobRecord commission(String id) {
        return book.find(id)
                .orElseThrow(() -> new AtelierException(
                        JOB_NOT_FOUND, "There is no job '%s'; see: atelier jobs list".formatted(id)));
    }

    private void requireOpen() {
        if (stopped) {
            throw new AtelierException(
                    SERVICE_UNREACHABLE, "Atelier is stopping; ask again when it runs. What it took in is kept.");
        }
    }

    /** The last places are for those of whom none waits: one who asks much keeps nobody out. */
    private void requireRoom(String client) {
        List<JobRecord> waiting = book.all(JobRecord::isQueued);
        boolean isFirst = waiting.stream()
                .noneMatch(commission -> commission.order().client().equals(client));
        if (waiting.size() >= (isFirst ? limits.capacity() : limits.capacityOfOne())) {
            throw new AtelierException(
                    QUEUE_FULL,
                    "%d sets wait already, which is as many as may; try again later.".formatted(waiting.size()));
        }
    }

    private void requireFree(SetOutput place, String id) {
        book.all(JobRecord::isLive).stream()
                .filter(other -> !other.id().equals(id))
                .forEach(other -> OutputFolders.requireApart(place, other));
    }
}
