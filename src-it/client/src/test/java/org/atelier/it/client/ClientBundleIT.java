package org.atelier.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.atelier.it.harness.RequestSurroundings;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client and OkHttp as bundles against a server of this process; over a real queue it is tested with the bundle web. */
@Timeout(60)
class ClientBundleIT {

    private static final String JOB = """
            {"id": "one", "status": "%s", "queue_position": 0, "client": "me", "attempts": 1,
            "submitted": "2026-11-21T10:15:00Z", "folder": "/sets/one", "images": [], "notes": [],
            "request": {"items": [{"prompt": "a fish"}]}}""";

    @TempDir
    private Path home;

    private HttpServer http;

    @BeforeEach
    void serve() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/v1/sets/one", exchange -> answer(exchange, "application/json", JOB.formatted("queued")));
        http.createContext(
                "/v1/sets/one/events",
                exchange -> answer(
                        exchange,
                        "text/event-stream",
                        event(JOB.formatted("queued")) + ": alive\n\n" + event("{\"status\": \"running\"}")
                                + event("{\"status\": \"completed\"}")));
        http.start();
        Path data = Files.createDirectory(home.resolve("data"));
        Files.writeString(data.resolve("token"), "abc");
        Files.writeString(
                data.resolve("server.json"),
                ("{\"pid\": %d, \"address\": \"http://127.0.0.1:%d\", \"certificates\": [], \"started\": \"%s\","
                                + " \"version\": \"1.0.0\"}")
                        .formatted(
                                ProcessHandle.current().pid(), http.getAddress().getPort(), Instant.now()));
    }

    @AfterEach
    void close() {
        http.stop(0);
    }

    @Test
    void asksAServerAndFollowsItsEvents() throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.snakeyaml.engine",
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.pictures",
                "org.atelier.requests",
                "com.squareup.okhttp3",
                "com.squareup.okhttp3.sse",
                "com.squareup.okio",
                "org.jetbrains.kotlin.osgi-bundle",
                "org.atelier.client")) {
            assertEquals(
                    List.of("[a fish] QUEUED", "QUEUED", "RUNNING", "COMPLETED"),
                    framework.inside(FollowingProbe.class, RequestSurroundings.class));
        }
    }

    private static String event(String job) {
        return "event: job\ndata: " + job.replace("\n", " ") + "\n\n";
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        boolean known = "Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(known ? 200 : 401, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.getBytes(UTF_8));
        }
    }
}
