package org.atelier.cli.reports;

import org.atelier.api.AtelierException;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ProgressReporter;
import org.atelier.cli.terminal.QuietListener;
import org.atelier.cli.terminal.Terminal;

/** Shows the progress of a job until it ends, and prints the result. */
public record JobMonitor(SetQueue queue, Terminal terminal, Cancellation cancellation) {

    /**
     * Shows the progress until the job ends or the user presses Ctrl-C.
     *
     * @return the exit code
     */
    public int follow(String id, boolean json, boolean quiet) throws InterruptedException {
        return new JobReport(terminal, json, quiet).print(end(id, quiet));
    }

    /** Returns the last state of the job. */
    private Job end(String id, boolean quiet) throws InterruptedException {
        try {
            if (quiet) {
                return new JobFollower(queue, id, new QuietListener(cancellation), cancellation).follow();
            }
            terminal.err().println("Job " + id + ": Ctrl-C ends this display; the job continues.");
            try (ProgressReporter reporter = new ProgressReporter(terminal, cancellation)) {
                return new JobFollower(queue, id, reporter, cancellation).follow();
            }
        } catch (AtelierException e) {
            if (e.code() != AtelierException.Code.SERVICE_UNREACHABLE) {
                throw e;
            }
            throw new AtelierException(
                    e.code(),
                    "%s%nJob %s is kept and continues when the server has restarted; see its state with: atelier jobs show %s"
                            .formatted(e.getMessage(), id, id),
                    e);
        }
    }
}
