package org.atelier.cli.commands;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.api.plugin.PluginCatalog;
import org.atelier.api.plugin.PluginDescription;
import org.atelier.api.server.Server;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.ExitCode;
import org.atelier.cli.terminal.PrettyJson;
import org.atelier.cli.terminal.ResultTable;
import org.atelier.cli.terminal.Terminal;
import org.atelier.wire.PluginJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists installed plugins. */
@Command(
        name = "plugins",
        header = "Lists installed plugins: kind, name, version, bundle, state and number of options.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = "atelier plugins [--json] [--server [--data DIR]]",
        footer = {"", "Example:", "  atelier options attention.shared"})
final class PluginsCommand implements Callable<Integer> {

    private final PluginCatalog catalog;
    private final ServerConnection connection;
    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON, including all options.")
    private boolean json;

    @Mixin
    private ServerSelection server;

    PluginsCommand(PluginCatalog catalog, ServerConnection connection, Terminal terminal) {
        this.catalog = catalog;
        this.connection = connection;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<PluginDescription> plugins =
                server.choose(catalog, Server::plugins, connection, terminal).plugins();
        if (json) {
            JsonArray all = new JsonArray();
            plugins.forEach(plugin -> all.add(PluginJson.of(plugin)));
            PrettyJson.print(all, terminal.out());
        } else {
            ResultTable table = new ResultTable("KIND", "NAME", "VERSION", "BUNDLE", "STATE", "OPTIONS");
            plugins.forEach(plugin -> table.add(
                    plugin.kind(),
                    plugin.name(),
                    plugin.version(),
                    plugin.bundle(),
                    plugin.state(),
                    Integer.toString(plugin.options().size())));
            table.print(terminal);
        }
        return ExitCode.DONE;
    }
}
