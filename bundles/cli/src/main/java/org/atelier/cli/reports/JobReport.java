package org.atelier.cli.reports;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedSet;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;

/**
 * What became of a job, printed as {@code generate} prints its set.
 *
 * @param json whether as JSON
 * @param quiet whether the folder only
 */
record JobReport(Terminal terminal, boolean json, boolean quiet) {

    /**
     * Prints it, if it is generated.
     *
     * @return the exit code
     * @throws AtelierException why it is not generated
     */
    int print(Job job) {
        return switch (job.state()) {
            case COMPLETED -> {
                new SetReport(generated(job)).print(terminal.out(), json, quiet);
                yield ExitCode.DONE;
            }
            case CANCELLED ->
                throw new AtelierException(
                        Code.CANCELLED,
                        "Job %s was cancelled; finished images stay in %s. atelier jobs resume %s resumes it."
                                .formatted(job.id(), job.output().folder(), job.id()));
            // Its fault says itself how it goes on.
            case QUARANTINED ->
                throw new AtelierException(job.fault().code(), job.fault().message());
            case FAILED ->
                throw new AtelierException(
                        job.fault().code(),
                        "%s%natelier jobs resume %s resumes it."
                                .formatted(job.fault().message(), job.id()));
            case QUEUED, RUNNING -> {
                terminal.err()
                        .println("Job %s continues; atelier jobs show %s tells of it, atelier jobs cancel %s ends it."
                                .formatted(job.id(), job.id(), job.id()));
                yield ExitCode.CANCELLED;
            }
        };
    }

    private static GeneratedSet generated(Job job) {
        Path folder = job.output().folder();
        return new GeneratedSet(
                folder,
                job.request(),
                job.images(),
                folder.resolve("contact-sheet.png"),
                folder.resolve("set.json"),
                job.output().styleCard());
    }
}
