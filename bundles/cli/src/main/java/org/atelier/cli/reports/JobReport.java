package org.atelier.cli.reports;

import java.nio.file.Path;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedSet;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;

/**
 * Prints the result of a job as {@code generate} prints a set.
 *
 * @param json whether to print JSON
 * @param quiet whether to print only the folder
 */
record JobReport(Terminal terminal, boolean json, boolean quiet) {

    /**
     * Prints the result of a completed job.
     *
     * @return the exit code
     * @throws AtelierException the error of a failed, cancelled or quarantined job
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
                        "Job %s was cancelled; finished images are in %s. Resume it with: atelier jobs resume %s"
                                .formatted(job.id(), job.output().folder(), job.id()));
            // The error message already says how to resume it.
            case QUARANTINED ->
                throw new AtelierException(job.fault().code(), job.fault().message());
            case FAILED ->
                throw new AtelierException(
                        job.fault().code(),
                        "%s%nResume it with: atelier jobs resume %s"
                                .formatted(job.fault().message(), job.id()));
            case QUEUED, RUNNING -> {
                terminal.err()
                        .println(
                                "Job %s continues; see its state with atelier jobs show %s, or cancel it with atelier jobs cancel %s."
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
