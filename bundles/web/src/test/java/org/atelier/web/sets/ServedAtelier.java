package org.atelier.web.sets;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.atelier.api.health.Finding;
import org.atelier.api.set.StyleCard;
import org.atelier.api.set.StyleCards;
import org.atelier.web.access.AccessFilter;
import org.atelier.web.access.AccessRules;
import org.atelier.web.access.AccessToken;
import org.atelier.web.data.DataFiles;
import org.atelier.web.inputs.FakeStudio;
import org.atelier.web.inputs.InputRoutes;
import org.atelier.web.plugins.FakePlugins;
import org.atelier.web.server.HttpServerSetup;
import org.atelier.web.server.UnavailableServlet;
import org.atelier.web.styles.Styles;
import org.atelier.web.uploads.TestUploads;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet over fakes, in a Jetty server on the loopback interface. */
public final class ServedAtelier {

    public final FakeQueue queue = new FakeQueue();
    public final FakeStudio studio = new FakeStudio();
    public final FakePlugins plugins = new FakePlugins();
    public final String token;

    public static final int MAX_CONNECTIONS = SseBroadcaster.MAX_STREAMS + 16;

    private final HttpServerSetup setup;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final AtelierServlet servlet;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public ServedAtelier(Path data) throws Exception {
        this(data, AccessRules.ofThisMachine());
    }

    /** @param rules that apply to every request */
    public ServedAtelier(Path data, AccessRules rules) throws Exception {
        this(data, rules, Map.of());
    }

    /** @param others further servlets by their path; each receives the queue and the token */
    public ServedAtelier(Path data, AccessRules rules, Map<String, BiFunction<FakeQueue, AccessToken, Servlet>> others)
            throws Exception {
        this(data, rules, others, MAX_CONNECTIONS);
    }

    /** @param maxConnections the connections that the server holds, and those that wait to be accepted */
    public ServedAtelier(
            Path data,
            AccessRules rules,
            Map<String, BiFunction<FakeQueue, AccessToken, Servlet>> others,
            int maxConnections)
            throws Exception {
        connector.setAcceptQueueSize(maxConnections);
        token = new DataFiles(data).token();
        AccessToken accessToken = AccessToken.of(token);
        servlet = new AtelierServlet(
                queue,
                queue,
                new FakeFormat(),
                new Styles(new DataFiles(data), new NoCards()),
                new InputRoutes(TestUploads.in(data), studio),
                plugins.routes(),
                () -> List.of(new Finding("disk", Finding.Severity.WARNING, "/", "Disk space is low.", "Free some.")),
                accessToken,
                "1.2.3");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        handler.addServlet(holder, "/v1/*");
        others.forEach((path, create) -> {
            ServletHolder other = new ServletHolder(create.apply(queue, accessToken));
            other.setAsyncSupported(true);
            handler.addServlet(other, path);
        });
        handler.addServlet(new ServletHolder(new UnavailableServlet()), "/*");
        FilterHolder filter = new FilterHolder(new AccessFilter(rules));
        filter.setAsyncSupported(true);
        handler.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(handler);
        server.start();
        setup = new HttpServerSetup(maxConnections);
        Connector added = setup.createConnector(server);
        server.addConnector(added);
        added.start();
    }

    /** Makes connections time out almost at once. */
    public void shortenIdleTimeout() {
        shortenIdleTimeout(50);
    }

    /** Makes connections time out soon. */
    public void shortenIdleTimeout(int milliseconds) {
        connector.setIdleTimeout(milliseconds);
    }

    /** Whether a connection never times out. */
    public boolean hasConnectionWithoutTimeout() {
        return connector.getConnectedEndPoints().stream().anyMatch(connection -> connection.getIdleTimeout() == 0);
    }

    public int port() {
        return connector.getLocalPort();
    }

    public HttpRequest.Builder call(String path) {
        return bare(path).header("Authorization", "Bearer " + token);
    }

    public HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/v1" + path))
                .timeout(Duration.ofSeconds(20));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(call(path));
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(call(path).POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return client.send(call.build(), BodyHandlers.ofString());
    }

    /** Returns the lines of a response as they arrive. */
    public Stream<String> lines(String path) throws IOException, InterruptedException {
        return client.send(call(path).build(), BodyHandlers.ofLines()).body();
    }

    public static JsonObject json(HttpResponse<String> response) {
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    public static JsonObject error(HttpResponse<String> response) {
        return json(response).getAsJsonObject("error");
    }

    /** Closes the servlet; Jetty keeps running. */
    public void close() {
        servlet.close();
    }

    public void stop() throws Exception {
        close();
        setup.close();
        server.stop();
    }

    /** Style cards of which none can be read. */
    private static final class NoCards implements StyleCards {

        @Override
        public boolean isCard(Path file) {
            return false;
        }

        @Override
        public StyleCard read(Path file) {
            throw new UnsupportedOperationException();
        }
    }
}
