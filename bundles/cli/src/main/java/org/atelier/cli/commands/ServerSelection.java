package org.atelier.cli.commands;

import java.util.function.Function;
import org.atelier.api.server.Server;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Chooses between this process and a running server, which may have different plugins. */
final class ServerSelection {

    @Option(names = "--server", description = "Queries the running server (atelier serve) instead of this process.")
    private boolean asked;

    @Mixin
    private ServerOptions server;

    /** Returns the service of this process or, with {@code --server}, the server's. */
    <T> T choose(T here, Function<Server, T> there, ServerConnection connection, Terminal terminal) {
        return asked ? there.apply(server.server(connection, terminal)) : here;
    }
}
