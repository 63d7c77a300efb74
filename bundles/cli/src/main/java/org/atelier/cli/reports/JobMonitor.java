package org.atelier.cli.reports;

import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ProgressReporter;
import org.atelier.cli.terminal.QuietListener;
import org.atelier.cli.terminal.Terminal;

/** Follows a job to its end and prints what became of it. */
public record JobFollowing(SetQueue queue, Terminal terminal, Cancellation cancellation) {

    /**
     * Follows until the end, or until the user has seen enough.
     *
     * @return the exit code
     */
    public int follow(String id, boolean json, boolean quiet) throws InterruptedException {
        return new JobReport(terminal, json, quiet).print(end(id, quiet));
    }

    /** The job as it was last. */
    private Job end(String id, boolean quiet) throws InterruptedException {
        try {
            if (quiet) {
                return new FollowedJob(queue, id, new QuietListener(cancellation), cancellation).follow();
            }
            terminal.err().println("Job " + id + "; Ctrl-C only stops following it.");
            try (ProgressReporter narrator = new ProgressReporter(terminal, cancellation)) {
                return new FollowedJob(queue, id, narrator, cancellation).follow();
            }
        } catch (AtelierException e) {
            if (e.code() != AtelierException.Code.SERVICE_UNREACHABLE) {
                throw e;
            }
            throw new AtelierException(
                    e.code(),
                    "%s%nJob %s is kept, and continues by itself when a server runs again; atelier jobs show %s tells of it."
                            .formatted(e.getMessage(), id, id),
                    e);
        }
    }
}
