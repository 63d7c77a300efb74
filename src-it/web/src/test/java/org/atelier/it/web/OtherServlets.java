package org.atelier.it.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.servlet.context.ServletContextHelper;

/** Servlets of another bundle, one in a context of its own: the access rules apply to both, and change by configuration. */
public final class OtherServlets implements Callable<List<String>> {

    private static final String CONTEXT = "osgi.http.whiteboard.context.name";

    private final Bundle bundle = FrameworkUtil.getBundle(OtherServlets.class);
    private final BundleContext context = bundle.getBundleContext();
    private final Caller caller = new Caller();

    /** Answers every request with its own content security policy. */
    public static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Content-Security-Policy", "default-src 'self'");
            response.getOutputStream().print("a page");
        }
    }

    /** A context in which only this bundle registers servlets. */
    public static final class OwnContext extends ServletContextHelper {

        OwnContext(Bundle bundle) {
            super(bundle);
        }
    }

    @Override
    public List<String> call() throws Exception {
        List<String> results = new ArrayList<>();
        URI server = caller.server().address();
        ServiceRegistration<?> own = context.registerService(
                ServletContextHelper.class,
                new OwnContext(bundle),
                properties(Map.of(CONTEXT, "own", "osgi.http.whiteboard.context.path", "/own")));
        ServiceRegistration<?> shared = context.registerService(
                Servlet.class, new Page(), properties(Map.of("osgi.http.whiteboard.servlet.pattern", "/other")));
        ServiceRegistration<?> separate = context.registerService(
                Servlet.class,
                new Page(),
                properties(Map.of(
                        "osgi.http.whiteboard.servlet.pattern",
                        "/other",
                        "osgi.http.whiteboard.context.select",
                        "(" + CONTEXT + "=own)")));
        for (String path : List.of("/other", "/own/other", "/none")) {
            results.add(path + ": " + outcome(server, path, "localhost"));
            results.add(path + " of another host: " + outcome(server, path, "host.docker.internal"));
        }
        Configuration configuration = caller.service(ConfigurationAdmin.class).getConfiguration("org.atelier.web", "?");
        configuration.update(properties(Map.of("allow.hosts", "host.docker.internal, evil/..")));
        results.add("allowed: " + awaited(server, "host.docker.internal", "200"));
        results.add("still foreign: " + outcome(server, "/other", "evil.example"));
        configuration.delete();
        results.add("allowed no more: " + awaited(server, "host.docker.internal", "403"));
        separate.unregister();
        shared.unregister();
        own.unregister();
        return results;
    }

    /** A configuration takes effect on a thread of the Configuration Admin. */
    private static String awaited(URI server, String host, String status) throws IOException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        String outcome = outcome(server, "/other", host);
        while (!outcome.startsWith(status) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            outcome = outcome(server, "/other", host);
        }
        return outcome;
    }

    private static String outcome(URI server, String path, String host) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean sniffed = !response.contains("X-Content-Type-Options: nosniff");
            return response.split(" ")[1]
                    + (response.endsWith("a page") ? " a page" : "")
                    + (response.contains("Content-Security-Policy: default-src 'self'") ? " of its own policy" : "")
                    + (sniffed ? " without headers" : "");
        }
    }

    private static Dictionary<String, ?> properties(Map<String, String> values) {
        return FrameworkUtil.asDictionary(values);
    }
}
