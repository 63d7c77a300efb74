package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.JOB_NOT_FOUND;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;
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
import org.atelier.api.job.QueueChanges;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a process. Every event of a job is an entry that is first written to the journal and then applied to the
 * table. One lock guards everything except generation and the resolution of requests.
 */
final class StudioQueue implements SetQueue, QueueChanges {

    private static final Logger LOG = LoggerFactory.getLogger(StudioQueue.class);

    private final Studio studio;
    private final JobTable table;
    private final JobJournal journal;
    private final OutputFolders folders;
    private final DiskSpaceCheck diskSpace;
    private final Clock clock;
    private final QueueThreads threads;
    private final HeapRelease heap = HeapRelease.ofThisProcess();
    private final Subscribers subscribers;
    private final Map<String, JobExecution> executions = new HashMap<>();

    /** Why jobs that could start wait for space on a disk. */
    private final Map<String, String> shortages = new HashMap<>();

    private Limits limits;
    private boolean started;
    private boolean stopped;

    /**
     * Creates a queue that starts no job before {@link #begin}.
     *
     * @param table the jobs that the journal holds
     * @param folders chooses output folders
     * @param diskSpace reports jobs that wait because a disk is full
     * @param threads runs the executions and the calls of the listeners
     */
    StudioQueue(
            Studio studio,
            JobTable table,
            JobJournal journal,
            OutputFolders folders,
            DiskSpaceCheck diskSpace,
            Clock clock,
            QueueThreads threads,
            Limits limits) {
        this.studio = studio;
        this.table = table;
        this.journal = journal;
        this.folders = folders;
        this.diskSpace = diskSpace;
        this.clock = clock;
        this.threads = threads;
        this.subscribers = new Subscribers(threads);
        this.limits = limits;
    }

    /** Starts the queue: waiting jobs run from now on. */
    synchronized void begin() {
        started = true;
        changed();
    }

    /** Changes the limits. Running jobs continue. */
    synchronized void configure(Limits newLimits) {
        limits = newLimits;
        changed();
    }

    @Override
    public Job submit(SetRequest request, SetOutput output, String client) {
        Objects.requireNonNull(client, "client");
        if (output != null) {
            output.requireWhole();
        }
        SetRequest resolved = studio.resolve(request);
        synchronized (this) {
            requireOpen();
            requireCapacity(client);
            String id = folders.newId(known -> table.find(known).isPresent());
            SetOutput absolute = folders.of(id, output);
            requireUnusedOutput(absolute, id);
            folders.requireUsable(id, absolute);
            Submission submission = new Submission(table.nextNumber(), id, client, resolved, absolute, clock.instant());
            write(new Entry.Recorded(new JobRecord(submission, JobStatus.SUBMITTED)));
            changed();
            return jobNow(id);
        }
    }

    @Override
    public synchronized List<Job> jobs() {
        return table.all(record -> true).stream().map(this::job).toList();
    }

    @Override
    public synchronized Job job(String id) {
        return job(record(id));
    }

    @Override
    public synchronized Job cancel(String id) {
        requireOpen();
        JobRecord record = record(id);
        JobStatus status = record.status();
        if (record.isQueued()) {
            writeOrDefer(new Entry.Ended(
                    id,
                    clock.instant(),
                    Job.State.CANCELLED,
                    status.folderUsed(),
                    status.images(),
                    status.notes(),
                    null));
            changed();
        } else if (record.isActive() && !status.cancelling()) {
            writeOrDefer(new Entry.Cancelled(id));
            executions.get(id).cancel();
        }
        return jobNow(id);
    }

    @Override
    public synchronized Job resume(String id) {
        requireOpen();
        JobRecord record = record(id);
        if (record.status().isResumable()) {
            requireCapacity(record.submission().client());
            requireUnusedOutput(record.submission().output(), id);
            write(new Entry.Resumed(id));
            changed();
        }
        return jobNow(id);
    }

    @Override
    public synchronized Subscription subscribe(String id, JobListener listener) {
        return subscribers.add(job(id), listener);
    }

    @Override
    public Subscription subscribe(Runnable listener) {
        return subscribers.add(listener);
    }

    /**
     * Refuses further submissions and ends each running job at its next pass; the next process resumes these jobs first.
     *
     * @param timeout how long to wait for the running jobs
     */
    synchronized void stop(Duration timeout) {
        if (stopped) {
            return;
        }
        stopped = true;
        executions.forEach((id, execution) -> {
            // Journal this before the job has ended: the process may be killed first. A cancelled job stays cancelled.
            if (!record(id).status().cancelling()) {
                writeOrDefer(new Entry.Stopped(id));
            }
            execution.cancel();
        });
        subscribers.publish(this::jobNow);
        awaitExecutions(timeout);
        threads.stop();
        journal.close();
    }

    private void awaitExecutions(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!executions.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    LOG.warn("Jobs {} did not stop in time and are still running", executions.keySet());
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Must be called after every change: removes old jobs, starts waiting jobs and notifies all subscribers. */
    private void changed() {
        forgetOldest();
        startRunnable();
        removeObsoleteShortages();
        journal.compactIfLong(table);
        retryIfBehind();
        subscribers.publish(this::jobNow);
    }

    /** Removes the shortages of jobs that were cancelled or have started. */
    private void removeObsoleteShortages() {
        shortages
                .keySet()
                .removeIf(id -> table.find(id).filter(JobRecord::isQueued).isEmpty());
    }

    private void forgetOldest() {
        table.endedBeforeLast(limits.history()).forEach(record -> {
            writeOrDefer(new Entry.Forgotten(record.id()));
            subscribers.forget(record.id());
        });
    }

    private void startRunnable() {
        for (String device : table.devices()) {
            boolean begun = true;
            while (begun && started && !stopped && isFree(device)) {
                begun = next(device).map(this::begin).orElse(false);
            }
        }
    }

    /** Returns the first waiting job whose disks have space. */
    private Optional<JobRecord> next(String device) {
        return table.queue(device).inOrder().stream().filter(this::hasSpace).findFirst();
    }

    private boolean hasSpace(JobRecord record) {
        Optional<String> shortage = diskSpace.shortage(record);
        if (shortage.isEmpty()) {
            shortages.remove(record.id());
        } else {
            if (shortages.put(record.id(), shortage.get()) == null) {
                LOG.warn("Job {}: {}", record.id(), shortage.get());
            }
            threads.executeLater(this::retry);
        }
        return shortage.isEmpty();
    }

    private boolean isFree(String device) {
        return generatedOn(device) < limits.setsPerDevice();
    }

    /** @return false if the journal cannot be written, so the job must wait */
    private boolean begin(JobRecord record) {
        String id = record.id();
        try {
            write(new Entry.Started(id, clock.instant()));
        } catch (AtelierException e) {
            LOG.debug("Job {} waits: {}", id, e.getMessage());
            threads.executeLater(this::retry);
            return false;
        }
        JobExecution execution = new JobExecution(record, () -> publish(id), subscribers, limits.pluginTimeout());
        executions.put(id, execution);
        threads.execute(() -> {
            Entry.Ended end = execution.generate(studio, clock);
            ended(id, end);
            heap.release();
        });
        return true;
    }

    private synchronized void ended(String id, Entry.Ended end) {
        executions.remove(id);
        JobStatus status = record(id).status();
        Job.State state = status.state();
        if (state == Job.State.RUNNING && !status.cancelling() && lacksDiskSpace(id, end)) {
            writeOrDefer(new Entry.Suspended(id, end.images(), end.notes()));
            changed();
            notifyAll();
            return;
        }
        // A job that was queued again because the process stops stays queued, unless its attempt completed the set.
        if (state == Job.State.RUNNING || (state == Job.State.QUEUED && end.state() == Job.State.COMPLETED)) {
            writeOrDefer(end);
            if (end.state() == Job.State.CANCELLED && !status.cancelling()) {
                writeOrDefer(new Entry.Resumed(id));
            }
        }
        changed();
        notifyAll();
    }

    /** Whether an attempt failed because a disk became full while the set was generated. */
    private boolean lacksDiskSpace(String id, Entry.Ended end) {
        return end.state() == Job.State.FAILED
                && end.fault().code() == OUTPUT_UNWRITABLE
                && diskSpace.shortage(record(id)).isPresent();
    }

    private void retryIfBehind() {
        if (journal.isBehind() && !stopped) {
            threads.executeLater(this::retry);
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
        apply(entry);
    }

    private void writeOrDefer(Entry entry) {
        journal.writeOrDefer(entry);
        apply(entry);
    }

    private void apply(Entry entry) {
        table.apply(entry);
        subscribers.signalChange();
        LOG.info("Job {} {}", entry.id(), entry.description());
    }

    private synchronized void publish(String id) {
        subscribers.publish(id, this::jobNow);
    }

    private Job jobNow(String id) {
        return job(record(id));
    }

    private Job job(JobRecord record) {
        if (record.isQueued()) {
            String device = record.device();
            int position = generatedOn(device) + table.queue(device).ahead(record);
            return record.job(position, Optional.ofNullable(shortages.get(record.id())));
        }
        JobExecution execution = executions.get(record.id());
        return execution == null || !record.isActive() ? record.job(0, Optional.empty()) : execution.job(record, 0);
    }

    private int generatedOn(String device) {
        return (int) executions.values().stream()
                .filter(execution -> execution.device().equals(device))
                .count();
    }

    private JobRecord record(String id) {
        return table.find(id)
                .orElseThrow(() -> new AtelierException(
                        JOB_NOT_FOUND, "There is no job '%s'; see: atelier jobs list".formatted(id)));
    }

    private void requireOpen() {
        if (stopped) {
            throw new AtelierException(
                    SERVICE_UNREACHABLE,
                    "The server is stopping; try again after it has restarted. Accepted jobs are kept.");
        }
    }

    /** The last tenth of the capacity is reserved for clients without a waiting set, so that one client cannot fill the queue. */
    private void requireCapacity(String client) {
        List<JobRecord> waiting = table.all(JobRecord::isQueued);
        boolean isFirst = waiting.stream()
                .noneMatch(record -> record.submission().client().equals(client));
        if (waiting.size() >= (isFirst ? limits.capacity() : limits.capacityPerClient())) {
            throw new AtelierException(
                    QUEUE_FULL, "The queue is full (%d sets are waiting); try again later.".formatted(waiting.size()));
        }
    }

    private void requireUnusedOutput(SetOutput output, String id) {
        table.all(JobRecord::isActive).stream()
                .filter(other -> !other.id().equals(id))
                .forEach(other -> OutputFolders.requireDistinct(output, other));
    }
}
