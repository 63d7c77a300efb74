package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.batch.Batch;
import org.atelier.api.batch.BatchListener;
import org.atelier.api.batch.BatchOutcome;
import org.atelier.api.batch.BatchResult;
import org.atelier.api.batch.BatchRunner;
import org.atelier.api.batch.BatchSet;

/** Generates nothing; the first set is complete already. */
final class FakeBatchRunner implements BatchRunner {

    /** The name of the set that fails. */
    String failing = "";

    Path folder;

    @Override
    public Batch resolve(Batch batch) {
        return batch;
    }

    @Override
    public BatchResult run(Batch batch, Path into, BatchListener listener) {
        folder = into;
        List<BatchOutcome> outcomes = new ArrayList<>();
        listener.resolved(batch.sets().size(), 1);
        for (BatchSet set : batch.sets()) {
            Path own = into.resolve(set.name());
            BatchOutcome outcome = set.name().equals(failing)
                    ? BatchOutcome.failed(set.name(), own, Code.OUT_OF_MEMORY, "Not enough memory.")
                    : BatchOutcome.complete(set.name(), own, 2);
            if (!outcomes.isEmpty()) {
                listener.setStarted(
                        set.name(), outcomes.size() + 1, batch.sets().size());
                if (listener.cancelled()) {
                    throw new AtelierException(Code.CANCELLED, "Cancelled; 1 of 3 sets are complete.");
                }
                listener.started(set.request());
                listener.noted("This model is a toy.");
                listener.setEnded(outcome);
            }
            outcomes.add(outcome);
        }
        return new BatchResult(into, outcomes, into.resolve("batch.json"), into.resolve("index.html"));
    }
}
