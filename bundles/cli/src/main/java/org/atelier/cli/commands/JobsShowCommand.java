package org.atelier.cli.commands;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobText;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Fields;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.Terminal;
import org.atelier.wire.JobJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the details of a job. */
@Command(
        name = "show",
        header = "Shows a job: its state, folder, images and error.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs show [--json] [--data DIR] ID",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class JobsShowCommand implements Callable<Integer> {

    private final ServerConnection connection;
    private final JobJson form;
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The job's id, as printed by atelier jobs list.")
    private String id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Mixin
    private ServerOptions server;

    JobsShowCommand(ServerConnection connection, JobJson form, Terminal terminal) {
        this.connection = connection;
        this.form = form;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Job job = server.server(connection, terminal).queue().job(id);
        if (json) {
            PrettyJson.print(form.of(job), terminal.out());
        } else {
            print(job);
        }
        return ExitCode.DONE;
    }

    private void print(Job job) {
        Fields fields = new Fields(terminal);
        fields.line("job", job.id());
        fields.line("state", JobText.state(job));
        fields.line("folder", job.output().folder().toString());
        fields.line("client", job.client());
        time(fields, "submitted", job.submitted());
        time(fields, "started", job.started());
        time(fields, "ended", job.ended());
        if (job.attempts() > 1) {
            fields.line("attempts", Integer.toString(job.attempts()));
        }
        fields.line("prompts", String.join("\n", job.request().prompts()));
        fields.line("written", JobText.images(job));
        job.images()
                .forEach(image -> fields.line(
                        "", image.file().getFileName() + "  " + image.prompt().replaceAll("\\s+", " ")));
        job.notes().forEach(note -> fields.text("note", note));
        if (job.fault() != null) {
            fields.line("error", job.fault().message());
        }
    }

    private static void time(Fields fields, String name, Instant time) {
        if (time != null) {
            fields.line(name, JobText.time(time));
        }
    }
}
