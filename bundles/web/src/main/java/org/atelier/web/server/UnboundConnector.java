package org.atelier.web.server;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector without a socket and without threads. Felix announces the endpoint of every connector and accepts none but those of
 * this type, so it names the port and the protocol of the connector that
 * has a socket, whatever address that listens on.
 */
final class UnboundConnector extends ServerConnector {

    /** The host of the endpoint that Felix announces for it. */
    static final String HOST = "127.0.0.1";

    private static final int NO_ACCEPTORS = 0;
    private static final int ONE_SELECTOR = 1;

    UnboundConnector(Server server) {
        super(server, NO_ACCEPTORS, ONE_SELECTOR);
        setHost(HOST);
    }

    /** Opens no socket and starts no thread. */
    @Override
    protected void doStart() {}

    @Override
    protected void doStop() {}

    @Override
    public int getPort() {
        return getLocalPort();
    }

    @Override
    public int getLocalPort() {
        return bound().map(ServerConnector::getLocalPort).orElseGet(super::getLocalPort);
    }

    @Override
    public String getDefaultProtocol() {
        return bound().map(ServerConnector::getDefaultProtocol).orElseGet(super::getDefaultProtocol);
    }

    private Optional<ServerConnector> bound() {
        return Arrays.stream(getServer().getConnectors())
                .filter(connector -> connector instanceof ServerConnector && connector != this)
                .map(ServerConnector.class::cast)
                .filter(connector -> connector.getLocalPort() > 0)
                .findFirst();
    }
}
