package org.atelier.cli.commands;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.cli.options.AbsoluteNames;
import org.atelier.cli.options.RequestOptions;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.reports.JobFollowing;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands a set to the Atelier that serves, and follows it. */
@Command(
        name = "submit",
        header = "Hands a set to the Atelier that serves (atelier serve), and follows it.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier submit [--detach] [--data DIR] [OPTIONS] PROMPT...",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes, besides those of generate:%n",
        exitCodeList = {
            "0:The set is generated; with --detach, it is taken in.",
            "5:Too many sets wait already, or a plugin is just being replaced.",
            "6:No Atelier serves.",
            "130:No longer followed, by Ctrl-C; the job continues. Or it was cancelled."
        },
        footer = {
            "",
            "Takes all options of generate. Examples:",
            "  atelier submit \"a house\" \"a fish\" --style \"stained glass\"",
            "  atelier submit --detach --request spring.yaml --out spring",
            "  atelier jobs list"
        })
final class SubmitCommand implements Callable<Integer> {

    private final ServerConnection serving;
    private final SetServices sets;
    private final Models models;
    private final Terminal terminal;
    private final Cancellation cancellation;

    @Option(names = "--detach", description = "Does not follow it; prints the job's id.")
    private boolean detached;

    @Mixin
    private ServerOptions server;

    @Mixin
    private RequestOptions options;

    SubmitCommand(
            ServerConnection serving, SetServices sets, Models models, Terminal terminal, Cancellation cancellation) {
        this.serving = serving;
        this.sets = sets;
        this.models = models;
        this.terminal = terminal;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path folder = terminal.folder().toAbsolutePath();
        SetRequest request = new AbsoluteNames(folder, sets.kinds(), this::isModel)
                .of(options.request(
                        sets.format(), sets.cards(), sets.kinds(), sets.presets(), folder, terminal.err()::println));
        if (options.output().dryRun()) {
            terminal.out().print(sets.format().write(sets.studio().resolve(request)));
            return ExitCode.DONE;
        }
        SetQueue queue = server.server(serving, terminal).queue();
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
            terminal.out().println(job.id());
            return ExitCode.DONE;
        }
        if (!options.output().quiet()) {
            options.strengthInWords(request, sets.presets()).ifPresent(terminal.err()::println);
        }
        return new JobFollowing(queue, terminal, cancellation)
                .follow(job.id(), options.output().json(), options.output().quiet());
    }

    private boolean isModel(String name) {
        return models.catalog().models().stream().anyMatch(model -> model.name().equals(name));
    }
}
