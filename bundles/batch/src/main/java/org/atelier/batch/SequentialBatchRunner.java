package org.atelier.batch;

import static org.atelier.api.AtelierException.Code.CANCELLED;
import static org.atelier.api.AtelierException.Code.ENGINE_FAILED;
import static org.atelier.api.AtelierException.Code.OUTPUT_UNWRITABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.Faults;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchListener;
import org.atelier.api.batch.BatchOutcome;
import org.atelier.api.batch.BatchResult;
import org.atelier.api.batch.BatchRunner;
import org.atelier.api.batch.BatchSet;
import org.atelier.api.set.GeneratedSet;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.Studio;
import org.atelier.api.slice.SliceInputs;
import org.atelier.api.slice.SliceStudio;
import org.atelier.batch.BatchPlan.PlannedSet;
import org.atelier.files.IoErrors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generates the sets of a batch in this process, each with the studio's own journal. */
@Component
public final class SequentialBatchRunner implements BatchRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SequentialBatchRunner.class);

    private final Studio studio;
    private final SliceStudio slices;
    private final RequestFormat format;

    /**
     * @param slices keeps the networks loaded from one set to the next
     * @param format identifies requests by their text
     */
    @Activate
    public SequentialBatchRunner(
            @Reference Studio studio, @Reference SliceStudio slices, @Reference RequestFormat format) {
        this.studio = studio;
        this.slices = slices;
        this.format = format;
    }

    @Override
    public Batch resolve(Batch batch) {
        SetResolver resolver = new SetResolver(studio);
        Batch resolved = new Batch(batch.sets().stream()
                .map(set -> new BatchSet(set.name(), resolver.resolve(set.name(), set.request())))
                .toList());
        Faults faults = new Faults();
        resolver.addFaults(faults);
        faults.throwIfAny();
        return resolved;
    }

    @Override
    public BatchResult run(Batch batch, Path folder, BatchListener listener) {
        try {
            BatchPlan plan = BatchPlan.of(batch, folder, BatchEntries.in(folder), studio, format);
            Files.createDirectories(folder);
            try (BatchLock lock = BatchLock.take(folder);
                    BatchJournal journal = BatchJournal.open(lock.folder())) {
                listener.resolved(plan.sets().size(), plan.complete());
                return run(plan, folder, journal, listener);
            } finally {
                slices.release();
            }
        } catch (IOException e) {
            throw new AtelierException(
                    OUTPUT_UNWRITABLE, "%s cannot be written: %s.".formatted(folder, IoErrors.of(e)), e);
        }
    }

    private BatchResult run(BatchPlan plan, Path folder, BatchJournal journal, BatchListener listener)
            throws IOException {
        List<PlannedSet> sets = plan.sets();
        BatchFiles files = new BatchFiles(folder, sets);
        Map<String, BatchOutcome> outcomes = new LinkedHashMap<>();
        sets.forEach(set -> set.complete()
                .ifPresent(
                        images -> outcomes.put(set.name(), BatchOutcome.complete(set.name(), set.folder(), images))));
        int number = 0;
        for (PlannedSet set : sets) {
            number++;
            if (set.complete().isPresent()) {
                continue;
            }
            listener.setStarted(set.name(), number, sets.size());
            try {
                BatchOutcome outcome = outcome(set, journal, listener);
                outcomes.put(set.name(), outcome);
                listener.setEnded(outcome);
            } catch (AtelierException e) {
                files.writeRecord(outcomes);
                files.writeIndex(outcomes);
                throw cancelled(e, outcomes, sets.size());
            }
        }
        return new BatchResult(
                folder,
                sets.stream().map(set -> outcomes.get(set.name())).toList(),
                files.writeRecord(outcomes),
                files.writeIndex(outcomes));
    }

    private static AtelierException cancelled(AtelierException cause, Map<String, BatchOutcome> outcomes, int total) {
        long complete =
                outcomes.values().stream().filter(each -> !each.isFailed()).count();
        return new AtelierException(
                CANCELLED,
                "Cancelled; %d of %d sets are complete. Repeat the command to continue.".formatted(complete, total),
                cause);
    }

    /** @throws AtelierException CANCELLED; every other fault is an outcome */
    private BatchOutcome outcome(PlannedSet set, BatchJournal journal, BatchListener listener) throws IOException {
        try {
            if (listener.cancelled()) {
                throw new AtelierException(CANCELLED, "Cancelled.");
            }
            int images = generated(set, journal, listener).images().size();
            journal.complete(set.name(), images);
            return BatchOutcome.complete(set.name(), set.folder(), images);
        } catch (AtelierException e) {
            if (e.code() == CANCELLED) {
                throw e;
            }
            LOG.debug("The set {} failed", set.name(), e);
            return BatchOutcome.failed(set.name(), set.folder(), e.code(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The set {} failed unexpectedly", set.name(), e);
            return BatchOutcome.failed(
                    set.name(),
                    set.folder(),
                    ENGINE_FAILED,
                    "unexpected error: " + e + "; the stack trace is in the log.");
        }
    }

    private GeneratedSet generated(PlannedSet set, BatchJournal journal, BatchListener listener) throws IOException {
        if (studio.hasSet(set.folder())) {
            return studio.resume(set.folder(), listener);
        }
        journal.start(
                set.name(), new BatchEntries.Started(set.given(), set.request().seed()));
        return slices.generate(set.request(), SliceInputs.NONE, SetOutput.to(set.folder()), listener);
    }
}
