package org.atelier.cli.options;

import java.nio.file.Path;
import org.atelier.api.server.Server;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** Selects the server. */
public final class ServerOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The data folder of the server, as given to atelier serve. Default: ATELIER_DATA, else atelier in"
                            + " XDG_DATA_HOME, else ~/.local/share/atelier.")
    private Path data;

    public Server server(ServerConnection connection, Terminal terminal) {
        return connection.server(
                data == null ? null : terminal.folder().resolve(data).toAbsolutePath());
    }
}
