package org.atelier.api.batch;

import java.util.List;

/**
 * Many sets.
 *
 * @param sets in the order in which they are generated, with different names
 */
public record Batch(List<BatchSet> sets) {

    /** Makes a defensive copy. */
    public Batch {
        sets = List.copyOf(sets);
    }
}
