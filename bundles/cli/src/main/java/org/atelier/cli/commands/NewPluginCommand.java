package org.atelier.cli.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginProject;
import org.atelier.api.plugin.PluginProjectRequest;
import org.atelier.api.plugin.PluginProjects;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a Maven project for a plugin. */
@Command(
        name = "new-plugin",
        header = "Creates a Maven project for your own plugin that builds, passes its tests and runs unchanged.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier new-plugin KIND NAME [OPTIONS]",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier new-plugin attention my-style"})
final class NewPluginCommand implements Callable<Integer> {

    /** Prefix of the symbolic names of Atelier's own bundles. */
    private static final String OWN_BUNDLES = "org.atelier.";

    private final PluginProjects projects;
    private final PluginCatalog catalog;
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "attention, blend, context, control, metric or sampler.")
    private String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "The plugin's name in lower case: my-style.")
    private String name;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "The folder to create; must not exist. Default: NAME.")
    private Path out;

    @Option(names = "--group", paramLabel = "GROUP", description = "The Maven groupId. Default: ${DEFAULT-VALUE}.")
    private String group = "org.example";

    @Option(names = "--package", paramLabel = "PACKAGE", description = "The Java package. Default: GROUP and NAME.")
    private String javaPackage;

    NewPluginCommand(PluginProjects projects, PluginCatalog catalog, Terminal terminal) {
        this.projects = projects;
        this.catalog = catalog;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        rejectBuiltInName();
        Path folder = terminal.folder().resolve(out == null ? Path.of(name) : out);
        PluginProject project = projects.make(new PluginProjectRequest(kind, name, group, javaPackage, folder));
        terminal.out().println(project.folder());
        terminal.err().println("Next:");
        terminal.err()
                .println("  cd %s && mvn package && cp %s %s"
                        .formatted(
                                shellWord(project.folder()),
                                shellWord(project.jar()),
                                shellWord(project.deploy()) + "/"));
        terminal.err().println("  " + shellWord(script(project.deploy())) + " " + tryCommand());
        return ExitCode.DONE;
    }

    /** Of two plugins with one name only one is used, and which one is not obvious. */
    private void rejectBuiltInName() {
        boolean taken = catalog.plugins().stream()
                .anyMatch(plugin ->
                        plugin.id().equals(kind + "." + name) && plugin.bundle().startsWith(OWN_BUNDLES));
        if (taken) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "Atelier already includes a plugin '%s.%s'; choose another name.".formatted(kind, name));
        }
    }

    private String tryCommand() {
        return switch (kind) {
            case "attention" -> "generate \"a house\" \"a fish\" --style \"stained glass\" --attention " + name;
            case "blend" ->
                "generate \"a fish\" --reference one.png --reference other.png --reference-prompt \"a house\""
                        + " --reference-prompt \"a boat\" --blend " + name;
            case "context" -> "generate \"a house\" \"a fish\" --context " + name + "=today";
            case "control" ->
                "generate \"a castle\" \"a boat\" --control-model sketchbook-canny --control " + name + "=drawing.png";
            case "sampler" -> "generate \"a house\" \"a fish\" --sampler " + name;
            default -> "options " + kind + "." + name;
        };
    }

    /**
     * The script that starts this Atelier, since {@code atelier} need not be on the path: that of a checkout, which builds the
     * distribution first, or that of the distribution.
     */
    private static Path script(Path deploy) {
        Path home = deploy.getParent();
        Path checkout = home.resolve("../../../atelier").normalize();
        boolean builtThere = home.getParent() != null && home.getParent().endsWith("distribution/target");
        return builtThere && Files.isExecutable(checkout) ? checkout : home.resolve("bin/atelier");
    }

    /** Quotes a path for the shell if needed. */
    private static String shellWord(Path path) {
        String text = path.toString();
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
