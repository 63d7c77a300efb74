package org.atelier.web.server;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections of a server, and closes those that wait for the rest of a request, or for the next one. Each byte that
 * arrives would restart Jetty's own timeout, so that a client could hold a connection by sending one now and then.
 */
final class ConnectionBounds implements HttpConfiguration.Customizer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBounds.class);

    /** How long a connection may be without a complete request. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The same while more than half of the connections are taken. */
    private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ServerConnector connector;
    private final HttpConfiguration configuration;
    private final NetworkConnectionLimit limit;
    private final Set<EndPoint> busy = new HashSet<>();
    private final Map<EndPoint, Long> idleSince = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "atelier connections");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> closing;

    private ConnectionBounds(ServerConnector connector, int maxConnections) {
        this.connector = connector;
        this.configuration =
                connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
        this.limit = new NetworkConnectionLimit(maxConnections, connector);
        this.closing = clock.scheduleWithFixedDelay(
                this::closeIdle, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param maxConnections further connections wait until another is closed */
    static ConnectionBounds start(ServerConnector connector, int maxConnections) {
        ConnectionBounds bounds = new ConnectionBounds(connector, maxConnections);
        bounds.configuration.addCustomizer(bounds);
        try {
            bounds.limit.start();
            // The limit adds itself to a connector that is not started yet. Felix has started this one.
            connector.getSelectorManager().addEventListener(bounds.limit);
        } catch (Exception e) {
            throw new IllegalStateException("The number of connections cannot be limited", e);
        }
        return bounds;
    }

    /** Called when the headers of a request are complete. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        EndPoint client =
                unwrapped(request.getConnectionMetaData().getConnection().getEndPoint());
        synchronized (this) {
            busy.add(client);
        }
        request.setAttribute(DisconnectWatch.CONNECTION, client);
        request.addHttpStreamWrapper(UnreadBody::new);
        Request.addCompletionListener(request, failure -> served(client));
        return request;
    }

    /** Returns the end point of the connector; with TLS, requests arrive at another one around it. */
    private static EndPoint unwrapped(EndPoint endPoint) {
        EndPoint inner = endPoint;
        while (inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        return inner;
    }

    private synchronized void served(EndPoint client) {
        busy.remove(client);
        idleSince.put(client, System.nanoTime());
    }

    private synchronized void closeIdle() {
        Collection<EndPoint> connected = connector.getConnectedEndPoints();
        busy.retainAll(connected);
        idleSince.keySet().retainAll(connected);
        long now = System.nanoTime();
        Duration patience = connected.size() > limit.getMaxNetworkConnectionCount() / 2 ? SHORT_PATIENCE : PATIENCE;
        for (EndPoint client : connected) {
            long since = idleSince.computeIfAbsent(client, added -> now);
            if (!busy.contains(client) && now - since > patience.toNanos()) {
                LOG.debug("Closing a connection without a request from {}", client.getRemoteSocketAddress());
                client.close();
            }
        }
    }

    @Override
    public void close() {
        closing.cancel(false);
        clock.shutdown();
        configuration.getCustomizers().remove(this);
        connector.getSelectorManager().removeEventListener(limit);
        try {
            limit.stop();
        } catch (Exception e) {
            LOG.warn("The limit of connections cannot be removed", e);
        }
    }
}
