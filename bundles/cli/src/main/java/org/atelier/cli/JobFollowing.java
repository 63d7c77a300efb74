package org.atelier.cli;

import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;

/** Follows a job to its end and prints what became of it. */
record JobFollowing(SetQueue queue, Terminal terminal, Cancellation cancellation) {

    /**
     * Follows until the end, or until the user has seen enough.
     *
     * @return the exit code
     */
    int follow(String id, boolean json, boolean quiet) throws InterruptedException {
        Job last;
        if (quiet) {
            last = new FollowedJob(queue, id, new QuietListener(cancellation), cancellation).follow();
        } else {
            terminal.err().println("Job " + id + "; Ctrl-C only stops following it.");
            try (Narrator narrator = new Narrator(terminal, cancellation)) {
                last = new FollowedJob(queue, id, narrator, cancellation).follow();
            }
        }
        return new JobReport(terminal, json, quiet).print(last);
    }
}
