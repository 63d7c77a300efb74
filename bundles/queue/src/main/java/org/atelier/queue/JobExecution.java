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

/** One attempt to generate a set: begins or resumes it, records progress, and reports how it ended. */
final class JobExecution implements SetListener {

    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

    /** Faults that are over when a plugin is there again. */
    private static final Set<AtelierException.Code> MAY_PASS = EnumSet.of(PLUGIN_WITHDRAWN, INVALID_REQUEST);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final JobRecord commission;
    private final Runnable changed;
    private final Subscribers audience;
    private final Duration pluginTimeout;
    private final CountDownLatch toEnd = new CountDownLatch(1);
    private final Map<Path, GeneratedImage> images = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private Progress progress;
    private boolean touched;
    private boolean started;

    /**
     * @param commission as it stood before this attempt
     * @param changed called when there is something new to tell
     * @param audience to whom previews are shown
     * @param pluginTimeout how long it waits for a plugin that is being replaced
     */
    JobExecution(JobRecord commission, Runnable changed, Subscribers audience, Duration pluginTimeout) {
        this.commission = commission;
        this.changed = changed;
        this.audience = audience;
        this.pluginTimeout = pluginTimeout;
        this.touched = commission.course().touched();
        commission.course().images().forEach(this::put);
        notes.addAll(commission.course().notes());
    }

    String device() {
        return commission.device();
    }

    /** Generates until the set is complete, or does not become so. */
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
            LOG.error("Job {}", commission.id(), e);
            return ended(
                    clock,
                    Job.State.FAILED,
                    new Job.Fault(OUT_OF_MEMORY, "Java's memory did not suffice: " + e.getMessage() + "."));
        } catch (RuntimeException | Error e) {
            LOG.error("Job {}", commission.id(), e);
            return ended(
                    clock,
                    Job.State.FAILED,
                    new Job.Fault(ENGINE_FAILED, "Generation failed unexpectedly (" + e + "); the log tells where."));
        }
    }

    /** A set that lies in the folder is this one's only if this one came so far as to have the folder. */
    private boolean begun(Studio studio) {
        return commission.course().touched() && studio.hasSet(folder());
    }

    /**
     * What was valid when it was submitted, and is not when its turn comes, may lack a plugin that is just being replaced: the
     * set before it may have been the last to hold the old one.
     */
    private GeneratedSet generated(Studio studio) throws InterruptedException {
        long deadline = System.nanoTime() + pluginTimeout.toNanos();
        String told = "";
        while (true) {
            try {
                return begun(studio)
                        ? studio.resume(folder(), this)
                        : studio.generate(
                                commission.order().request(), commission.order().output(), this);
            } catch (AtelierException e) {
                if (hasStarted() || !MAY_PASS.contains(e.code()) || System.nanoTime() > deadline) {
                    throw e;
                }
                if (!told.equals(e.getMessage())) {
                    told = e.getMessage();
                    LOG.info("Job {} is tried again: {}", commission.id(), told);
                }
                if (toEnd.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AtelierException(CANCELLED, "Cancelled before it was begun.", e);
                }
            }
        }
    }

    private synchronized boolean hasStarted() {
        return started;
    }

    private Path folder() {
        return commission.order().output().folder();
    }

    /** Ends it at the next pass of the network. */
    void end() {
        toEnd.countDown();
    }

    @Override
    public boolean cancelled() {
        return toEnd.getCount() == 0;
    }

    @Override
    public void started(SetRequest resolved) {
        synchronized (this) {
            touched = true;
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
            audience.show(commission.id(), preview);
        } catch (RuntimeException e) {
            LOG.warn("Job {} continues without this preview", commission.id(), e);
        }
    }

    /** As others see it: the commission as it stands now, and what was told of this attempt. */
    synchronized Job job(JobRecord now, int position) {
        return now.job(position, progress, inOrder(), List.copyOf(notes));
    }

    private synchronized void complete(GeneratedSet set) {
        images.clear();
        set.images().forEach(this::put);
    }

    private synchronized Entry.Ended ended(Clock clock, Job.State state, Job.Fault fault) {
        return new Entry.Ended(commission.id(), clock.instant(), state, touched, inOrder(), List.copyOf(notes), fault);
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
