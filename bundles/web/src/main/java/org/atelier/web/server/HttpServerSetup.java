package org.atelier.web.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up what Felix has no configuration for: errors of the HTTP protocol are JSON, and the number of connections is bounded.
 * Felix passes its server only to those that add a connector, so one is added that has no port.
 */
@Component(service = ConnectorFactory.class)
public final class HttpServerSetup implements ConnectorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerSetup.class);

    private final int maxConnections;
    private final List<ConnectionBounds> bounds = new ArrayList<>();

    /** Gives the server back its own error handler. */
    private Runnable restoring = () -> {};

    @Activate
    public HttpServerSetup() {
        this(FileDescriptors.ofThisProcess().connections());
    }

    /** @param maxConnections of each connector */
    public HttpServerSetup(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    @Override
    public synchronized Connector createConnector(Server server) {
        close();
        Request.Handler original = server.getErrorHandler();
        restoring = () -> server.setErrorHandler(original);
        server.setErrorHandler(new ProtocolErrorHandler());
        Arrays.stream(server.getConnectors())
                .filter(ServerConnector.class::isInstance)
                .map(ServerConnector.class::cast)
                .forEach(this::setUp);
        LOG.info("The server holds at most {} connections", maxConnections);
        return new UnboundConnector(server);
    }

    /** Returns the server to its own settings. */
    private void setUp(ServerConnector connector) {
        bounds.add(ConnectionBounds.start(connector, maxConnections));
        SecureRequestCustomizer secure = connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .getCustomizer(SecureRequestCustomizer.class);
        if (secure != null) {
            // The access rules say which names are the server's; a certificate seldom names addresses.
            secure.setSniHostCheck(false);
        }
    }

    @Deactivate
    public synchronized void close() {
        bounds.forEach(ConnectionBounds::close);
        bounds.clear();
        restoring.run();
        restoring = () -> {};
    }
}
