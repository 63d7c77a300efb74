package org.atelier.cli.commands;

import static org.atelier.api.AtelierException.Code.INVALID_REQUEST;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.AtelierException;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.plugin.PluginOptionDescription;
import org.atelier.api.server.Server;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.ResultTable;
import org.atelier.cli.terminal.Terminal;
import org.atelier.text.ClosestMatch;
import org.atelier.wire.PluginJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the options of a plugin. */
@Command(
        name = "options",
        header = "Lists the options of a plugin: name, type, range, default and description.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier options [--json] [--server [--data DIR]] KIND.NAME",
        footer = {"", "Examples:", "  atelier options attention.shared", "  atelier plugins"})
final class OptionsCommand implements Callable<Integer> {

    private final PluginCatalog catalog;
    private final ServerConnection connection;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "KIND.NAME",
            description = "The plugin, such as attention.shared; NAME alone suffices where it is unique.")
    private String id;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Mixin
    private ServerSelection server;

    OptionsCommand(PluginCatalog catalog, ServerConnection connection, Terminal terminal) {
        this.catalog = catalog;
        this.connection = connection;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PluginDescription plugin = find();
        if (json) {
            PrettyJson.print(PluginJson.of(plugin), terminal.out());
        } else {
            print(plugin);
        }
        return ExitCode.DONE;
    }

    private PluginDescription find() {
        List<PluginDescription> all =
                server.choose(catalog, Server::plugins, connection, terminal).plugins();
        List<PluginDescription> found = all.stream()
                .filter(plugin -> plugin.id().equals(id) || plugin.name().equals(id))
                .toList();
        if (found.isEmpty()) {
            List<String> ids =
                    all.stream().map(PluginDescription::id).distinct().toList();
            String hint = ClosestMatch.OF_NAMES
                    .of(id, ids)
                    .or(() -> all.stream()
                            .filter(plugin -> ClosestMatch.OF_NAMES
                                    .of(id, List.of(plugin.name()))
                                    .isPresent())
                            .map(PluginDescription::id)
                            .findFirst())
                    .map(near -> "did you mean " + near + "?")
                    .orElse("available: " + String.join(", ", ids) + ".");
            throw new AtelierException(INVALID_REQUEST, "There is no plugin '%s'; %s".formatted(id, hint));
        }
        List<String> kinds =
                found.stream().map(PluginDescription::id).distinct().toList();
        if (kinds.size() > 1) {
            throw new AtelierException(
                    INVALID_REQUEST,
                    "There are several plugins named '%s'; choose one of %s.".formatted(id, String.join(", ", kinds)));
        }
        return found.get(0);
    }

    private void print(PluginDescription plugin) {
        PrintStream out = terminal.out();
        out.println(plugin.id() + (plugin.title().isBlank() ? "" : ": " + plugin.title()));
        if (!plugin.description().isBlank()) {
            terminal.print(plugin.description());
        }
        if (plugin.options().isEmpty()) {
            out.println("This plugin has no options.");
            return;
        }
        out.println();
        ResultTable table = new ResultTable("OPTION", "TYPE", "RANGE", "DEFAULT");
        plugin.options()
                .forEach(option -> table.add(option.name(), option.type(), option.range(), option.defaultValue()));
        table.print(terminal);
        out.println();
        for (PluginOptionDescription option : plugin.options()) {
            if (!option.description().isBlank()) {
                terminal.print(option.name() + ": " + option.description());
            }
        }
    }
}
