package org.atelier.api.batch;

import java.nio.file.Path;
import java.util.List;

/**
 * A batch of which every set is complete or has failed.
 *
 * @param folder with a folder for each set
 * @param outcomes in the order of the batch
 * @param record {@code batch.json}: the outcomes
 * @param index a page with the contact sheet of every set
 */
public record BatchResult(Path folder, List<BatchOutcome> outcomes, Path record, Path index) {

    /** Makes a defensive copy. */
    public BatchResult {
        outcomes = List.copyOf(outcomes);
    }

    /** The sets that failed. */
    public List<BatchOutcome> failed() {
        return outcomes.stream().filter(BatchOutcome::isFailed).toList();
    }
}
