package org.atelier.cli.commands;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.atelier.api.AtelierException;
import org.atelier.api.evaluation.Evaluator;
import org.atelier.api.health.Doctor;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginProjects;
import org.atelier.api.set.ImageInspector;
import org.atelier.cli.reports.ModelList;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import org.atelier.text.UnicodeText;
import org.atelier.wire.JobJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands, and what becomes of their faults. */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private static final int WIDEST_HELP = 100;

    /** Picocli takes no narrower one. */
    private static final int NARROWEST_HELP = 55;

    private static final OptionSpec HELP = OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Shows this help.")
            .build();
    private static final OptionSpec VERSION = OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Shows the version.")
            .build();

    private final Terminal terminal;
    private final CommandLine commandLine;

    Commands(
            SetServices sets,
            ImageInspector inspector,
            Models models,
            Evaluator evaluator,
            PluginCatalog plugins,
            PluginProjects projects,
            Doctor doctor,
            ServerConnection serving,
            Terminal terminal,
            Cancellation cancellation,
            String version) {
        this.terminal = terminal;
        this.commandLine = new CommandLine(new AtelierCommand())
                .addSubcommand("generate", new GenerateCommand(sets, models, terminal, cancellation))
                .addSubcommand("serve", new ServeCommand(serving, doctor, terminal, cancellation))
                .addSubcommand("submit", new SubmitCommand(serving, sets, models, terminal, cancellation))
                .addSubcommand("jobs", jobs(serving, new JobJson(sets.format()), terminal, cancellation))
                .addSubcommand(
                        "evaluate",
                        new CommandLine(new EvaluateCommand())
                                .addSubcommand(
                                        "ablation", new AblationCommand(evaluator, models, terminal, cancellation)))
                .addSubcommand(
                        "describe", new DescribeCommand(sets.studio(), sets.kinds(), models, terminal, cancellation))
                .addSubcommand("preprocess", new PreprocessCommand(sets.studio(), models, terminal, cancellation))
                .addSubcommand("inspect", new InspectCommand(inspector, sets.cards(), sets.format(), terminal))
                .addSubcommand("models", models(models, terminal, cancellation))
                .addSubcommand("plugins", new PluginsCommand(plugins, serving, terminal))
                .addSubcommand("options", new OptionsCommand(plugins, serving, terminal))
                .addSubcommand("new-plugin", new NewPluginCommand(projects, plugins, terminal))
                .addSubcommand("doctor", new DoctorCommand(doctor, serving, terminal))
                .addSubcommand("help", new HelpCommand())
                .setExpandAtFiles(false)
                .setUsageHelpWidth(helpWidth(terminal.outColumns()))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setParameterExceptionHandler((fault, arguments) -> misused(fault))
                .setExecutionExceptionHandler((fault, command, parsed) -> failed(fault));
        IHelpFactory help = commandLine.getHelpFactory();
        commandLine.setHelpFactory((command, colours) -> {
            command.resourceBundle(new RequestDefaults(sets.format()));
            return help.create(command, colours);
        });
        commandLine.getCommandSpec().version("Atelier " + version).addOption(VERSION);
        commandLine.getCommandSpec().addOption(HELP);
        commandLine.getSubcommands().get("help").getCommandSpec().usageMessage().description("Explains a command.");
        addHelp(commandLine);
    }

    private static int helpWidth(int columns) {
        return columns == 0 ? WIDEST_HELP : Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, columns));
    }

    /** To all that a command has beneath it. */
    private static void addHelp(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (!(subcommand.getCommand() instanceof HelpCommand)) {
                subcommand.getCommandSpec().addOption(HELP);
            }
            addHelp(subcommand);
        }
    }

    private static CommandLine models(Models models, Terminal terminal, Cancellation cancellation) {
        ModelList list = new ModelList(models, terminal);
        return new CommandLine(new ModelsCommand(list))
                .addSubcommand("list", new ListCommand(list))
                .addSubcommand("pull", new PullCommand(models.hub(), terminal, cancellation))
                .addSubcommand("verify", new VerifyCommand(models, terminal, cancellation))
                .addSubcommand("path", new PathCommand(models.files(), terminal));
    }

    private static CommandLine jobs(
            ServerConnection serving, JobJson form, Terminal terminal, Cancellation cancellation) {
        return new CommandLine(new JobsCommand())
                .addSubcommand("list", new JobsListCommand(serving, form, terminal))
                .addSubcommand("show", new JobsShowCommand(serving, form, terminal))
                .addSubcommand("cancel", new JobsCancelCommand(serving, terminal))
                .addSubcommand("resume", new JobsResumeCommand(serving, terminal, cancellation));
    }

    /** @return the exit code */
    int run(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (UnicodeText.isDamaged(arguments[i])) {
                terminal.complain(("Argument %d, '%s', is not text in the character set of the locale, %s;"
                                + " set LC_ALL to an installed UTF-8 locale, such as C.UTF-8.")
                        .formatted(i + 1, arguments[i], System.getProperty("sun.jnu.encoding")));
                return ExitCode.INVALID_REQUEST;
            }
        }
        try {
            return commandLine.execute(arguments);
        } catch (Error e) {
            // A bundle lacks a class, or the memory is spent: the user gets a line all the same.
            return unexpected(e);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private int misused(ParameterException fault) {
        String message = fault.getMessage();
        if (fault instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += ". Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        terminal.complain(message.replaceAll("\\s+", " ") + " ("
                + fault.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
        return ExitCode.INVALID_REQUEST;
    }

    private int failed(Exception fault) {
        if (fault instanceof AtelierException known) {
            LOG.debug("The command failed", known);
            terminal.complain(known.getMessage());
            return ExitCode.of(known.code());
        }
        return unexpected(fault);
    }

    private int unexpected(Throwable fault) {
        LOG.error("The command failed unexpectedly", fault);
        terminal.complain("unexpected: " + fault + "; the log, by default the lines above, has its stack trace.");
        return ExitCode.UNEXPECTED;
    }
}
