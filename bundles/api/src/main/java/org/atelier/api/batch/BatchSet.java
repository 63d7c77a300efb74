package org.atelier.api.batch;

import java.util.Objects;
import org.atelier.api.set.SetRequest;

/**
 * One set of a batch.
 *
 * @param name of its folder; unlike those of the other sets also without regard to case
 * @param request what is generated
 */
public record BatchSet(String name, SetRequest request) {

    /** Checks that nothing is missing. */
    public BatchSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(request, "request");
    }
}
