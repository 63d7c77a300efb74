package org.atelier.cli.commands;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobWords;
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
        header = "Lists the jobs that wait or are generated, and the last of those that ended.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs list [--json] [--data DIR]",
        optionListHeading = "%n")
final class JobsListCommand implements Callable<Integer> {

    private static final int PROMPT_WIDTH = 40;

    private final ServerConnection serving;
    private final JobJson form;
    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON, all that is known of each.")
    private boolean json;

    @Mixin
    private ServerOptions server;

    JobsListCommand(ServerConnection serving, JobJson form, Terminal terminal) {
        this.serving = serving;
        this.form = form;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Job> jobs = server.server(serving, terminal).queue().jobs();
        if (json) {
            JsonArray all = new JsonArray();
            jobs.forEach(job -> all.add(form.of(job)));
            PrettyJson.print(all, terminal.out());
            return ExitCode.DONE;
        }
        if (jobs.isEmpty()) {
            terminal.err().println("There are no jobs; hand one over by atelier submit \"a house\" \"a fish\".");
            return ExitCode.DONE;
        }
        ResultTable table = new ResultTable("ID", "STATE", "IMAGES", "CLIENT", "SUBMITTED", "PROMPTS");
        for (Job job : jobs) {
            table.add(
                    job.id(),
                    JobWords.state(job),
                    JobWords.images(job),
                    job.client(),
                    JobWords.moment(job.submitted()),
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
