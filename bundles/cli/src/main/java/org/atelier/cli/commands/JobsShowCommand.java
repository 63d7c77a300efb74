package org.atelier.cli.commands;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobWords;
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

/** Tells all of a job. */
@Command(
        name = "show",
        header = "Tells of a job: its state, its folder, its images, and what went wrong.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier jobs show [--json] [--data DIR] ID",
        parameterListHeading = "%n",
        optionListHeading = "%n")
final class JobsShowCommand implements Callable<Integer> {

    private final ServerConnection serving;
    private final JobJson form;
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The job, as atelier jobs list calls it.")
    private String id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Mixin
    private ServerOptions server;

    JobsShowCommand(ServerConnection serving, JobJson form, Terminal terminal) {
        this.serving = serving;
        this.form = form;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Job job = server.server(serving, terminal).queue().job(id);
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
        fields.line("state", JobWords.state(job));
        fields.line("folder", job.output().folder().toString());
        fields.line("client", job.client());
        moment(fields, "submitted", job.submitted());
        moment(fields, "started", job.started());
        moment(fields, "ended", job.ended());
        if (job.attempts() > 1) {
            fields.line("attempts", Integer.toString(job.attempts()));
        }
        fields.line("prompts", String.join("\n", job.request().prompts()));
        fields.line("written", JobWords.images(job));
        job.images()
                .forEach(image -> fields.line(
                        "", image.file().getFileName() + "  " + image.prompt().replaceAll("\\s+", " ")));
        job.notes().forEach(note -> fields.text("note", note));
        if (job.fault() != null) {
            fields.line("fault", job.fault().message());
        }
    }

    private static void moment(Fields fields, String name, Instant moment) {
        if (moment != null) {
            fields.line(name, JobWords.moment(moment));
        }
    }
}
