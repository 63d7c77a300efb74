package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobMonitor;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Resumes a job. */
@Command(
        name = "resume",
        header = "Resumes a failed, cancelled or quarantined job where it ended, and follows it.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs resume [--detach] [--json] [--quiet] [--data DIR] ID",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class JobsResumeCommand implements Callable<Integer> {

    private final ServerConnection connection;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(paramLabel = "ID", description = "The job's id, as printed by atelier jobs list.")
    private String id;

    @Option(names = "--detach", description = "Returns immediately instead of following the job; prints its id.")
    private boolean detached;

    @Option(names = "--json", description = "Prints the result as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints only the folder and errors.")
    private boolean quiet;

    @Mixin
    private ServerOptions server;

    JobsResumeCommand(ServerConnection connection, Terminal terminal, Cancellation cancellation) {
        this.connection = connection;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        SetQueue queue = server.server(connection, terminal).queue();
        Job job = queue.resume(id);
        if (detached) {
            terminal.out().println(job.id());
            return ExitCode.DONE;
        }
        return new JobMonitor(queue, terminal, cancellation).follow(id, json, quiet);
    }
}
