package org.atelier.queue;

import java.time.Instant;
import java.util.Objects;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;

/**
 * A submitted set.
 *
 * @param number the number of this submission, counted from 1
 * @param id the id of the job
 * @param client the name of the client that submitted it
 * @param request the resolved request
 * @param output absolute paths
 * @param submitted the time of submission
 */
record Submission(long number, String id, String client, SetRequest request, SetOutput output, Instant submitted) {

    Submission {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(output, "output");
    }
}
