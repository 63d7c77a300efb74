package org.atelier.web.calls;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atelier.api.job.Job;
import org.atelier.api.set.Preview;
import org.atelier.web.http.ApiError;

/** The response to a request, written while its job runs and when it ends. Called by one thread at a time. */
public interface PendingResponse {

    /** Whether it is written while the job runs. */
    default boolean isStream() {
        return false;
    }

    /** Whether it includes previews. */
    default boolean wantsPreviews() {
        return false;
    }

    /** Writes a preview. */
    default void previewed(Preview preview, HttpServletResponse response) throws IOException {}

    /** Writes the changes of a job that has not ended. */
    default void changed(Job job, HttpServletResponse response) throws IOException {}

    /** Writes a comment that keeps the connection open. */
    default void keepAlive(HttpServletResponse response) throws IOException {}

    /** Writes the rest of the response when the job is complete. */
    void completed(Job job, HttpServletResponse response) throws IOException;

    /** Writes the response of a job that was cancelled. */
    default void cancelled(Job job, HttpServletResponse response) throws IOException {
        failed(PendingCall.error(job), response);
    }

    /** Writes the error of a job that did not complete. */
    void failed(ApiError error, HttpServletResponse response) throws IOException;
}
