package org.atelier.cli.commands;

import java.util.function.Function;
import org.atelier.api.server.Server;
import org.atelier.cli.options.ServerOptions;
import org.atelier.cli.services.ServerConnection;
import org.atelier.cli.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether this process is asked, or the Atelier that serves: it may have other plugins by now. */
final class AskedServer {

    @Option(names = "--server", description = "Asks the Atelier that serves (atelier serve) instead of starting one.")
    private boolean asked;

    @Mixin
    private ServerOptions server;

    /** What is here, or the same of the server. */
    <T> T choose(T here, Function<Server, T> there, ServerConnection serving, Terminal terminal) {
        return asked ? there.apply(server.server(serving, terminal)) : here;
    }
}
