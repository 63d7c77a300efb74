package org.atelier.queue;

import java.time.Instant;
import java.util.Objects;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/**
 * What was submitted.
 *
 * @param number its place among all that ever were, from 1
 * @param id of the job
 * @param client who submitted it
 * @param request resolved
 * @param output absolute places
 * @param submitted when
 */
record Submission(long number, String id, String client, SetRequest request, SetOutput output, Instant submitted) {

    Submission {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(output, "output");
    }
}
