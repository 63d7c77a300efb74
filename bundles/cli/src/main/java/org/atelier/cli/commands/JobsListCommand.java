package org.atelier.cli.commands;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobText;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.ResultTable;
import org.atelier.cli.terminal.Terminal;
import org.atelier.wire.JobJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "list",
        header = "Lists queued and running jobs, and those that ended last.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs list [--json] [--data DIR]",
        optionListHeading = "%n")
final class JobsListCommand implements Callable<Integer> {

    private static final int PROMPT_WIDTH = 40;

    private final ServerConnection connection;
    private final JobJson form;
    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON, with all fields of each job.")
    private boolean json;

    @Mixin
    private ServerOptions server;

    JobsListCommand(ServerConnection connection, JobJson form, Terminal terminal) {
        this.connection = connection;
        this.form = form;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Job> jobs = server.server(connection, terminal).queue().jobs();
        if (json) {
            JsonArray all = new JsonArray();
            jobs.forEach(job -> all.add(form.of(job)));
            PrettyJson.print(all, terminal.out());
            return ExitCode.DONE;
        }
        if (jobs.isEmpty()) {
            terminal.err().println("There are no jobs; submit one with: atelier submit \"a house\" \"a fish\"");
            return ExitCode.DONE;
        }
        ResultTable table = new ResultTable("ID", "STATE", "IMAGES", "CLIENT", "SUBMITTED", "PROMPTS");
        for (Job job : jobs) {
            table.add(
                    job.id(),
                    JobText.state(job),
                    JobText.images(job),
                    job.client(),
                    JobText.time(job.submitted()),
                    prompts(job));
        }
        table.print(terminal);
        return ExitCode.DONE;
    }

    private static String prompts(Job job) {
        String all = String.join("; ", job.request().prompts()).replaceAll("\\s+", " ");
        return all.length() <= PROMPT_WIDTH ? all : all.substring(0, PROMPT_WIDTH - 4) + " ...";
    }
}
