package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobWords;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a job. */
@Command(
        name = "cancel",
        header = "Ends a job: at once if it waits, at its next pass of the network if it is generated. Images stay.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs cancel [--data DIR] ID",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class JobsCancelCommand implements Callable<Integer> {

    private final ServerConnection serving;
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The job, as atelier jobs list calls it.")
    private String id;

    @Mixin
    private ServerOptions server;

    JobsCancelCommand(ServerConnection serving, Terminal terminal) {
        this.serving = serving;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Job job = server.server(serving, terminal).queue().cancel(id);
        terminal.out()
                .println(
                        switch (job.state()) {
                            case CANCELLED ->
                                "Job %s is cancelled; atelier jobs resume %s resumes it.".formatted(id, id);
                            case QUEUED, RUNNING -> "Job %s ends at its next pass of the network.".formatted(id);
                            case COMPLETED, FAILED, QUARANTINED ->
                                "Job %s has ended already: %s.".formatted(id, JobWords.state(job));
                        });
        return ExitCode.DONE;
    }
}
