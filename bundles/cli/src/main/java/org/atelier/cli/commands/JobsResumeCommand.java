package org.atelier.cli.commands;

import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobFollowing;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a job. */
@Command(
        name = "resume",
        header = "Goes on with a job that failed, was cancelled or quarantined, where it ended; and follows it.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs resume [--detach] [--json] [--quiet] [--data DIR] ID",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class JobsResumeCommand implements Callable<Integer> {

    private final ServerConnection serving;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Parameters(paramLabel = "ID", description = "The job, as atelier jobs list calls it.")
    private String id;

    @Option(names = "--detach", description = "Does not follow it.")
    private boolean detached;

    @Option(names = "--json", description = "Prints the result as JSON, and nothing else on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints the folder and faults only.")
    private boolean quiet;

    @Mixin
    private ServerOptions server;

    JobsResumeCommand(ServerConnection serving, Terminal terminal, Cancellation cancellation) {
        this.serving = serving;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        SetQueue queue = server.server(serving, terminal).queue();
        Job job = queue.resume(id);
        if (detached) {
            terminal.out().println(job.id());
            return ExitCode.DONE;
        }
        return new JobFollowing(queue, terminal, cancellation).follow(id, json, quiet);
    }
}
