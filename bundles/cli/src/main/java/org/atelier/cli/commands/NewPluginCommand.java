package org.atelier.cli.commands;

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

/** Makes a project to begin a plugin with. */
@Command(
        name = "new-plugin",
        header = "Makes a project of your own plugin, which builds, is tested and runs as it is.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier new-plugin KIND NAME [OPTIONS]",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        sortOptions = false,
        footer = {"", "Example:", "  atelier new-plugin attention my-style"})
final class NewPluginCommand implements Callable<Integer> {

    /** Of the bundles that come with Atelier. */
    private static final String OURS = "org.atelier.";

    private final PluginProjects projects;
    private final PluginCatalog catalog;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "KIND", description = "attention, blend, context, control or metric.")
    private String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "What it is called, in lower case: my-style.")
    private String name;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "The folder to make; must not be there yet. Default: NAME.")
    private Path out;

    @Option(names = "--group", paramLabel = "GROUP", description = "Maven's group. Default: ${DEFAULT-VALUE}.")
    private String group = "org.example";

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package of the class. Default: the group and the name.")
    private String javaPackage;

    NewPluginCommand(PluginProjects projects, PluginCatalog catalog, Terminal terminal) {
        this.projects = projects;
        this.catalog = catalog;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        refuseWhatComesWithAtelier();
        Path folder = terminal.folder().resolve(out == null ? Path.of(name) : out);
        PluginProject project = projects.make(new PluginProjectRequest(kind, name, group, javaPackage, folder));
        terminal.out().println(project.folder());
        terminal.err().println("Next:");
        terminal.err()
                .println("  cd %s && mvn package && cp %s %s"
                        .formatted(word(project.folder()), word(project.jar()), word(project.deploy()) + "/"));
        terminal.err().println("  atelier " + tryOut());
        return ExitCode.DONE;
    }

    /** Of two plugins with one name only one serves: nobody would know which. */
    private void refuseWhatComesWithAtelier() {
        boolean taken = catalog.plugins().stream()
                .anyMatch(plugin ->
                        plugin.id().equals(kind + "." + name) && plugin.bundle().startsWith(OURS));
        if (taken) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "Atelier comes with a plugin '%s.%s'; take another name.".formatted(kind, name));
        }
    }

    private String tryOut() {
        return switch (kind) {
            case "attention" -> "generate \"a house\" \"a fish\" --style \"stained glass\" --attention " + name;
            case "blend" ->
                "generate \"a fish\" --reference one.png --reference other.png --reference-prompt \"a house\""
                        + " --reference-prompt \"a boat\" --blend " + name;
            case "context" -> "generate \"a house\" \"a fish\" --context " + name + "=today";
            case "control" ->
                "generate \"a castle\" \"a boat\" --control-model sketchbook-canny --control " + name + "=drawing.png";
            default -> "options " + kind + "." + name;
        };
    }

    /** As a shell takes it for one word. */
    private static String word(Path path) {
        String text = path.toString();
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
