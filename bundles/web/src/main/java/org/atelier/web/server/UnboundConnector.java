package org.atelier.web.server;

import java.util.Arrays;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector without a socket and without threads. Felix announces the endpoint of every connector and accepts none but those of
 * this type, so it names the port of the connector that has one.
 */
final class UnboundConnector extends ServerConnector {

    private static final int NO_ACCEPTORS = 0;
    private static final int ONE_SELECTOR = 1;

    UnboundConnector(Server server) {
        super(server, NO_ACCEPTORS, ONE_SELECTOR);
        setHost("127.0.0.1");
    }

    /** Opens no socket and starts no thread. */
    @Override
    protected void doStart() {}

    @Override
    protected void doStop() {}

    @Override
    public int getLocalPort() {
        return Arrays.stream(getServer().getConnectors())
                .filter(connector -> connector instanceof ServerConnector && connector != this)
                .mapToInt(connector -> ((ServerConnector) connector).getLocalPort())
                .filter(port -> port > 0)
                .findFirst()
                .orElseGet(super::getLocalPort);
    }
}
