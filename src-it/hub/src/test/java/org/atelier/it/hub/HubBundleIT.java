package org.atelier.it.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's bundle beside those of OkHttp, wired by a real framework. The port of its hub is fixed by the module's environment. */
class HubBundleIT {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final byte[] GRAPH = "not really a graph".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONFIG = "{\"model_type\": \"blip\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path home;

    private static HttpServer hub;
    private static TestFramework framework;

    @BeforeAll
    static void start() throws Exception {
        Map<String, byte[]> answers = Map.of(
                "/api/models/org/toy/revision/main",
                ("{\"sha\": \"" + COMMIT + "\"}").getBytes(StandardCharsets.UTF_8),
                "/api/models/org/toy/tree/" + COMMIT,
                ("[" + entry("config.json", CONFIG) + "," + entry("model.onnx", GRAPH) + "]")
                        .getBytes(StandardCharsets.UTF_8),
                "/org/toy/resolve/" + COMMIT + "/config.json",
                CONFIG,
                "/org/toy/resolve/" + COMMIT + "/model.onnx",
                GRAPH);
        int port = Integer.parseInt(System.getenv("HF_ENDPOINT").replaceFirst(".*:", ""));
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        hub.createContext("/", exchange -> {
            try (exchange) {
                byte[] answer = answers.get(exchange.getRequestURI().getPath());
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(answer == null ? 404 : 200, head || answer == null ? -1 : answer.length);
                if (!head && answer != null) {
                    exchange.getResponseBody().write(answer);
                }
            }
        });
        hub.start();
        framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.hub",
                "com.squareup.okhttp3",
                "com.squareup.okio",
                "org.jetbrains.kotlin.osgi-bundle");
    }

    @AfterAll
    static void stop() {
        framework.close();
        hub.stop(0);
    }

    @Test
    void whatItFetchedTheModelsBundleFinds() throws Exception {
        List<String> told = framework.inside(PullProbe.class);

        assertEquals(2, told.size(), told::toString);
        Path folder = Path.of(told.get(0));
        assertEquals(COMMIT, folder.getFileName().toString());
        assertEquals("not really a graph", Files.readString(folder.resolve("model.onnx")));
        assertEquals("org/toy caption " + folder, told.get(1));
        assertTrue(folder.startsWith(Path.of(System.getenv("HF_HUB_CACHE")).toAbsolutePath()));
    }

    private static String entry(String path, byte[] content) throws Exception {
        MessageDigest git = MessageDigest.getInstance("SHA-1");
        git.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return "{\"type\": \"file\", \"path\": \"%s\", \"size\": %d, \"oid\": \"%s\"}"
                .formatted(path, content.length, HexFormat.of().formatHex(git.digest(content)));
    }
}
