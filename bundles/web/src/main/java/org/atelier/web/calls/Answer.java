package org.atelier.web.calls;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.atelier.api.job.Job;
import org.atelier.api.set.Preview;
import org.atelier.web.http.ApiError;

/** The response to a call, written while its job runs and when it ends. It is called by one thread at a time. */
public interface Answer {

    /** Whether it is written while the job runs. */
    default boolean isStream() {
        return false;
    }

    /** Whether it has previews. */
    default boolean wantsPreviews() {
        return false;
    }

    /** Writes a preview. */
    default void previewed(Preview preview, HttpServletResponse response) throws IOException {}

    /** Writes what is new of a job that has not ended. */
    default void changed(Job job, HttpServletResponse response) throws IOException {}

    /** Writes something that keeps the connection open. */
    default void keepAlive(HttpServletResponse response) throws IOException {}

    /** Writes what is left of a job that is complete. */
    void completed(Job job, HttpServletResponse response) throws IOException;

    /** Writes what there is of a job that was cancelled. */
    default void cancelled(Job job, HttpServletResponse response) throws IOException {
        failed(PendingCall.error(job), response);
    }

    /** Writes why there is no job that is complete. */
    void failed(ApiError error, HttpServletResponse response) throws IOException;
}
