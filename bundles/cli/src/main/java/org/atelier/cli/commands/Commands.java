package org.atelier.cli.commands;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.atelier.api.AtelierException;
import org.atelier.cli.demo.DemoCommand;
import org.atelier.cli.options.Converters;
import org.atelier.cli.reports.ModelList;
import org.atelier.cli.services.CommandServices;
import org.atelier.cli.services.Models;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.services.SetServices;
import org.atelier.cli.terminal.Cancellation;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import org.atelier.cli.worker.WorkerCommand;
import org.atelier.text.UnicodeText;
import org.atelier.wire.JobJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The commands, and how their errors are reported. */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private static final int MAX_HELP_WIDTH = 100;

    /** The minimum that picocli accepts. */
    private static final int MIN_HELP_WIDTH = 55;

    private static final OptionSpec HELP = OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Shows this help.")
            .build();
    private static final OptionSpec VERSION = OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Shows the version.")
            .build();

    /** In the order of the help. */
    private static final List<String> NAMES = List.of(
            "generate",
            "restyle",
            "assemble",
            "batch",
            "worker",
            "serve",
            "submit",
            "jobs",
            "evaluate",
            "explain",
            "demo",
            "describe",
            "preprocess",
            "inspect",
            "models",
            "plugins",
            "options",
            "new-plugin",
            "doctor",
            "help");

    private final CommandServices services;
    private final Terminal terminal;
    private final Cancellation cancellation;
    private final String version;

    Commands(CommandServices services, Terminal terminal, Cancellation cancellation, String version) {
        this.services = services;
        this.terminal = terminal;
        this.cancellation = cancellation;
        this.version = version;
    }

    /** A command line with some of the commands. */
    private CommandLine commandLine(List<String> names) {
        CommandLine commandLine = new CommandLine(new AtelierCommand());
        names.forEach(name -> commandLine.addSubcommand(name, command(name)));
        commandLine
                .setExpandAtFiles(false)
                .setUsageHelpWidth(helpWidth(terminal.outColumns()))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler(
                        (fault, arguments) -> reportUsageErrors(List.of(fault), List.of(arguments)))
                .setExecutionExceptionHandler((fault, command, parsed) -> reportFailure(fault));
        Converters.register(commandLine);
        collectErrors(commandLine);
        IHelpFactory help = commandLine.getHelpFactory();
        commandLine.setHelpFactory((command, colours) -> {
            command.resourceBundle(new RequestDefaults(services.sets().format()));
            return help.create(command, colours);
        });
        commandLine.getCommandSpec().version("Atelier " + version).addOption(VERSION);
        commandLine.getCommandSpec().addOption(HELP);
        addHelp(commandLine);
        return commandLine;
    }

    private Object command(String name) {
        SetServices sets = services.sets();
        Models models = services.models();
        ServerConnection connection = services.connection();
        return switch (name) {
            case "generate" -> new GenerateCommand(sets, models, terminal, cancellation);
            case "restyle" -> new RestyleCommand(sets, models, terminal, cancellation);
            case "assemble" -> new AssembleCommand(sets.assembler(), terminal);
            case "batch" -> new BatchCommand(services.batches(), models, terminal, cancellation);
            case "worker" ->
                new WorkerCommand(services.worker(), sets, services.batches(), version, terminal, cancellation);
            case "serve" -> new ServeCommand(connection, services.doctor(), terminal, cancellation);
            case "submit" -> new SubmitCommand(connection, sets, models, terminal, cancellation);
            case "jobs" -> jobs(connection, new JobJson(sets.format()));
            case "evaluate" -> evaluate(models);
            case "explain" -> new ExplainCommand(services.explainer(), sets, models, terminal, cancellation);
            case "demo" ->
                new DemoCommand(
                        services.demoInputs(),
                        captured -> new Commands(services, captured, cancellation, version)::run,
                        version,
                        terminal,
                        cancellation);
            case "describe" -> new DescribeCommand(sets.studio(), sets.kinds(), models, terminal, cancellation);
            case "preprocess" -> new PreprocessCommand(sets.studio(), models, terminal, cancellation);
            case "inspect" -> new InspectCommand(services.inspector(), sets.cards(), sets.format(), terminal);
            case "models" -> models(models);
            case "plugins" -> new PluginsCommand(services.plugins(), connection, terminal);
            case "options" -> new OptionsCommand(services.plugins(), connection, terminal);
            case "new-plugin" -> new NewPluginCommand(services.projects(), services.plugins(), terminal);
            case "doctor" -> new DoctorCommand(services.doctor(), connection, terminal);
            case "help" -> help();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static int helpWidth(int columns) {
        return columns == 0 ? MAX_HELP_WIDTH : Math.max(MIN_HELP_WIDTH, Math.min(MAX_HELP_WIDTH, columns));
    }

    /** Lets all errors of a command line be reported at once. */
    private static void collectErrors(CommandLine command) {
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(Commands::collectErrors);
    }

    /** Adds {@code --help} to all subcommands, recursively. */
    private static void addHelp(CommandLine command) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (!(subcommand.getCommand() instanceof HelpCommand)) {
                subcommand.getCommandSpec().addOption(HELP);
            }
            addHelp(subcommand);
        }
    }

    private CommandLine models(Models models) {
        ModelList list = new ModelList(models, terminal);
        return new CommandLine(new ModelsCommand(list))
                .addSubcommand("list", new ListCommand(list))
                .addSubcommand("pull", new PullCommand(models.hub(), terminal, cancellation))
                .addSubcommand("verify", new VerifyCommand(models, terminal, cancellation))
                .addSubcommand("path", new PathCommand(models.files(), terminal))
                .addSubcommand("inspect", new InspectModelCommand(models.inspector(), terminal));
    }

    private CommandLine jobs(ServerConnection connection, JobJson form) {
        return new CommandLine(new JobsCommand())
                .addSubcommand("list", new JobsListCommand(connection, form, terminal))
                .addSubcommand("show", new JobsShowCommand(connection, form, terminal))
                .addSubcommand("cancel", new JobsCancelCommand(connection, terminal))
                .addSubcommand("resume", new JobsResumeCommand(connection, terminal, cancellation));
    }

    private CommandLine evaluate(Models models) {
        return new CommandLine(new EvaluateCommand())
                .addSubcommand("ablation", new AblationCommand(services.evaluator(), models, terminal, cancellation))
                .addSubcommand("table", new TableCommand(services.evaluator(), models, terminal, cancellation))
                .addSubcommand("blends", new BlendsCommand(services.evaluator(), models, terminal, cancellation))
                .addSubcommand("set", new EvaluateSetCommand(services.measurer(), models, terminal, cancellation));
    }

    private static CommandLine help() {
        CommandLine help = new CommandLine(new HelpCommand());
        help.getCommandSpec().usageMessage().description("Shows the help of a command.");
        return help;
    }

    /** @return the exit code */
    int run(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (UnicodeText.isDamaged(arguments[i])) {
                terminal.printError(("Argument %d, '%s', is not text in the character set of the locale, %s;"
                                + " set LC_ALL to an installed UTF-8 locale, such as C.UTF-8.")
                        .formatted(i + 1, arguments[i], System.getProperty("sun.jnu.encoding")));
                return ExitCode.INVALID_REQUEST;
            }
        }
        try {
            return commandLine(named(arguments)).execute(arguments);
        } catch (Error e) {
            // A bundle lacks a class, or memory ran out: the user still gets a one-line error.
            return reportUnexpected(e);
        }
    }

    /** The command that is named first, if one is: reading the options of all takes a tenth of the time of a short command. */
    private static List<String> named(String... arguments) {
        boolean one = arguments.length > 0 && NAMES.contains(arguments[0]) && !arguments[0].equals("help");
        return one ? List.of(arguments[0]) : NAMES;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Runs the command, unless its command line has errors. */
    private int execute(ParseResult parsed) {
        List<ParameterException> errors = UsageErrors.of(parsed);
        if (errors.isEmpty() || isHelp(parsed)) {
            return new RunLast().execute(parsed);
        }
        return reportUsageErrors(errors, parsed.originalArgs());
    }

    private static boolean isHelp(ParseResult parsed) {
        return parsed.isUsageHelpRequested()
                || parsed.isVersionHelpRequested()
                || (parsed.hasSubcommand() && isHelp(parsed.subcommand()));
    }

    private int reportUsageErrors(List<ParameterException> errors, List<String> arguments) {
        errors.stream()
                .map(error -> UsageErrors.sentence(error, arguments))
                .distinct()
                .forEach(terminal::printError);
        return ExitCode.INVALID_REQUEST;
    }

    private int reportFailure(Exception fault) {
        if (fault instanceof AtelierException known) {
            LOG.debug("The command failed", known);
            terminal.printError(known.getMessage());
            return ExitCode.of(known.code());
        }
        return reportUnexpected(fault);
    }

    private int reportUnexpected(Throwable fault) {
        LOG.error("The command failed unexpectedly", fault);
        terminal.printError(
                "unexpected error: " + fault + "; the stack trace is in the log, by default the lines above.");
        return ExitCode.UNEXPECTED;
    }
}
