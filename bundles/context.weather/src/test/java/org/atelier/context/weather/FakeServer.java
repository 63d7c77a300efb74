package org.atelier.context.weather;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A local weather server that returns its responses in order, repeating the last one, and records the requests. */
final class FakeServer implements AutoCloseable {

    /** A response: status, headers and body. */
    record Response(int status, Map<String, String> headers, String body) {

        static Response ok(String body) {
            return new Response(200, Map.of(), body);
        }

        static Response status(int status, String body) {
            return new Response(status, Map.of(), body);
        }
    }

    private final HttpServer server;
    private final Queue<Response> responses = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    FakeServer(Response... inOrder) throws IOException {
        responses.addAll(List.of(inOrder));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::response);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Paths with their queries, in order. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private synchronized void response(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        Response response = responses.size() > 1 ? responses.remove() : responses.element();
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        response.headers().forEach(exchange.getResponseHeaders()::set);
        try (exchange) {
            exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
