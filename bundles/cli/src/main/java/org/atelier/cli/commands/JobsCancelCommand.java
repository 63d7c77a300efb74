package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobText;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancels a job. */
@Command(
        name = "cancel",
        header = "Cancels a job: immediately if it is queued, after the current forward pass if it is running."
                + " Finished images are kept.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs cancel [--data DIR] ID",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class JobsCancelCommand implements Callable<Integer> {

    private final ServerConnection connection;
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The job's id, as printed by atelier jobs list.")
    private String id;

    @Mixin
    private ServerOptions server;

    JobsCancelCommand(ServerConnection connection, Terminal terminal) {
        this.connection = connection;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Job job = server.server(connection, terminal).queue().cancel(id);
        terminal.out()
                .println(
                        switch (job.state()) {
                            case CANCELLED ->
                                "Job %s is cancelled; resume it with: atelier jobs resume %s".formatted(id, id);
                            case QUEUED, RUNNING -> "Job %s stops after the current forward pass.".formatted(id);
                            case COMPLETED, FAILED, QUARANTINED ->
                                "Job %s has already ended: %s.".formatted(id, JobText.state(job));
                        });
        return ExitCode.DONE;
    }
}
