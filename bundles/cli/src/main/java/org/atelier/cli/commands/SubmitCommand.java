package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.atelier.api.Faults;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.options.AbsoluteNames;
import org.atelier.cli.options.Prompts;
import org.atelier.cli.options.RequestOptions;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobMonitor;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Submits a set to the running server and follows its job. */
@Command(
        name = "submit",
        header = "Submits a set to the running server (atelier serve) and follows its job.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier submit [--detach] [--data DIR] [OPTIONS] PROMPT...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes, besides those of generate:%n",
        exitCodeList = {
            "0:The set was generated; with --detach, it was accepted.",
            "5:The queue is full, or a plugin is being replaced.",
            "6:No server is running.",
            "130:Ctrl-C stopped following; the job continues. Or the job was cancelled."
        },
        footer = {
            "",
            "Accepts all options of generate except --resume. Examples:",
            "  atelier submit \"a house\" \"a fish\" --style \"stained glass\"",
            "  atelier submit --detach --request spring.yaml --out spring",
            "  atelier jobs list"
        })
final class SubmitCommand implements Callable<Integer> {

    private final ServerConnection connection;
    private final SetServices sets;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Option(names = "--detach", description = "Returns immediately instead of following the job; prints its id.")
    private boolean detached;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Prompts prompts;

    @Mixin
    private RequestOptions options;

    SubmitCommand(
            ServerConnection connection,
            SetServices sets,
            Models models,
            Terminal terminal,
            Cancellation cancellation) {
        this.connection = connection;
        this.sets = sets;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path folder = terminal.folder().toAbsolutePath();
        Faults faults = new Faults();
        SetRequest given = options.request(
                prompts::into,
                sets.format(),
                sets.cards(),
                sets.kinds(),
                sets.presets(),
                folder,
                terminal.err()::println,
                faults);
        faults.throwIfAny();
        SetRequest request = new AbsoluteNames(folder, sets.kinds(), this::isModel).of(given);
        if (options.output().dryRun()) {
            new DryRun(sets, terminal)
                    .print(request, unusedInDryRun(), options.output().quiet());
            return ExitCode.DONE;
        }
        SetQueue queue = server.server(connection, terminal).queue();
        if (options.pull()) {
            models.ensureFor(request, terminal, cancellation);
        }
        Job job = queue.submit(
                request,
                new SetOutput(
                        options.output().folder(folder).normalize(),
                        Optional.ofNullable(options.card().saved(folder))
                                .map(Path::normalize)
                                .orElse(null)),
                System.getProperty("user.name"));
        if (detached) {
            if (options.output().json() && !options.output().quiet()) {
                terminal.err().println("--detach prints only the id of the job, so --json has no effect.");
            }
            terminal.out().println(job.id());
            return ExitCode.DONE;
        }
        if (!options.output().quiet()) {
            options.describeStrength(request, sets.presets()).ifPresent(terminal.err()::println);
        }
        return new JobMonitor(queue, terminal, cancellation)
                .follow(job.id(), options.output().json(), options.output().quiet());
    }

    private List<String> unusedInDryRun() {
        return Stream.concat(Stream.of("--detach").filter(any -> detached), options.outputOptions().stream())
                .toList();
    }

    private boolean isModel(String name) {
        return models.catalog().models().stream().anyMatch(model -> model.name().equals(name));
    }
}
