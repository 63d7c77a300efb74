package org.atelier.queue;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.ENGINE_FAILED;
import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;
import static org.atelier.api.AtelierException.Code.OUT_OF_MEMORY;
import static org.atelier.api.AtelierException.Code.PLUGIN_WITHDRAWN;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.Preview;
import org.atelier.api.set.Progress;
import org.atelier.api.set.SetListener;
import org.atelier.api.set.SetRequest;
import org.atelier.api.set.Studio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to generate a set: starts or resumes the set, records its progress, and returns how the attempt ended. */
final class JobExecution implements SetListener {

    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

    /** Faults that may disappear when a plugin has been replaced. */
    private static final Set<AtelierException.Code> TRANSIENT = EnumSet.of(PLUGIN_WITHDRAWN, INVALID_REQUEST);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final JobRecord record;
    private final Runnable changed;
    private final Subscribers subscribers;
    private final Duration pluginTimeout;
    private final CountDownLatch cancelSignal = new CountDownLatch(1);
    private final Map<Path, GeneratedImage> images = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private Progress progress;
    private boolean folderUsed;
    private boolean started;

    /**
     * @param record the job before this attempt
     * @param changed called after every change
     * @param subscribers receive previews
     * @param pluginTimeout how long to wait for a plugin that is being replaced
     */
    JobExecution(JobRecord record, Runnable changed, Subscribers subscribers, Duration pluginTimeout) {
        this.record = record;
        this.changed = changed;
        this.subscribers = subscribers;
        this.pluginTimeout = pluginTimeout;
        this.folderUsed = record.status().folderUsed();
        record.status().images().forEach(this::put);
        notes.addAll(record.status().notes());
    }

    String device() {
        return record.device();
    }

    /** Generates the set and returns how the attempt ended. Does not throw. */
    Entry.Ended generate(Studio studio, Clock clock) {
        try {
            complete(generated(studio));
            return ended(clock, Job.State.COMPLETED, null);
        } catch (AtelierException e) {
            return e.code() == CANCELLED
                    ? ended(clock, Job.State.CANCELLED, null)
                    : ended(clock, Job.State.FAILED, new Job.Fault(e.code(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended(clock, Job.State.CANCELLED, null);
        } catch (OutOfMemoryError e) {
            LOG.error("Job {} failed unexpectedly", record.id(), e);
            return ended(
                    clock,
                    Job.State.FAILED,
                    new Job.Fault(OUT_OF_MEMORY, "Java ran out of memory: " + e.getMessage() + "."));
        } catch (RuntimeException | Error e) {
            LOG.error("Job {} failed unexpectedly", record.id(), e);
            return ended(
                    clock,
                    Job.State.FAILED,
                    new Job.Fault(
                            ENGINE_FAILED,
                            "Generation failed unexpectedly (" + e + "); see the log for the stack trace."));
        }
    }

    /**
     * Whether an earlier attempt of this job left a set to resume. A set in the folder belongs to this job only if an
     * earlier attempt used the folder.
     */
    private boolean isResumable(Studio studio) {
        return record.status().folderUsed() && studio.hasSet(folder());
    }

    /**
     * Generates or resumes the set. Retries until the plugin timeout if a plugin is unavailable: the bundle of the plugin
     * may be waiting for the previous set to release it before it can be updated.
     */
    private GeneratedSet generated(Studio studio) throws InterruptedException {
        long deadline = System.nanoTime() + pluginTimeout.toNanos();
        String lastMessage = "";
        while (true) {
            try {
                return isResumable(studio)
                        ? studio.resume(folder(), this)
                        : studio.generate(
                                record.submission().request(),
                                record.submission().output(),
                                this);
            } catch (AtelierException e) {
                if (hasStarted() || !TRANSIENT.contains(e.code()) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (!lastMessage.equals(e.getMessage())) {
                    lastMessage = e.getMessage();
                    LOG.info("Retrying job {}: {}", record.id(), lastMessage);
                }
                if (cancelSignal.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AtelierException(CANCELLED, "Cancelled before it started.", e);
                }
            }
        }
    }

    private synchronized boolean hasStarted() {
        return started;
    }

    private Path folder() {
        return record.submission().output().folder();
    }

    /** Ends the attempt at the next pass of the network. */
    void cancel() {
        cancelSignal.countDown();
    }

    @Override
    public boolean cancelled() {
        return cancelSignal.getCount() == 0;
    }

    @Override
    public void started(SetRequest resolved) {
        synchronized (this) {
            folderUsed = true;
            started = true;
        }
        changed.run();
    }

    @Override
    public void noted(String sentence) {
        synchronized (this) {
            notes.add(sentence);
        }
        changed.run();
    }

    @Override
    public void progressed(Progress now) {
        synchronized (this) {
            progress = now;
        }
        changed.run();
    }

    @Override
    public void finished(GeneratedImage image) {
        synchronized (this) {
            put(image);
        }
        changed.run();
    }

    @Override
    public void previewed(Preview preview) {
        try {
            subscribers.publish(record.id(), preview);
        } catch (RuntimeException e) {
            LOG.warn("Job {} continues without this preview", record.id(), e);
        }
    }

    /** Returns the job with the progress, images and notes of this attempt. */
    synchronized Job job(JobRecord now, int position) {
        return now.job(position, progress, inOrder(), List.copyOf(notes));
    }

    private synchronized void complete(GeneratedSet set) {
        images.clear();
        set.images().forEach(this::put);
    }

    private synchronized Entry.Ended ended(Clock clock, Job.State state, Job.Fault fault) {
        return new Entry.Ended(record.id(), clock.instant(), state, folderUsed, inOrder(), List.copyOf(notes), fault);
    }

    private void put(GeneratedImage image) {
        images.put(image.file(), image);
    }

    private List<GeneratedImage> inOrder() {
        return images.values().stream()
                .sorted(Comparator.comparingInt(GeneratedImage::index).thenComparing(GeneratedImage::file))
                .toList();
    }
}
