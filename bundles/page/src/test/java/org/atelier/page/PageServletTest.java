package org.atelier.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The servlet in a Jetty server, under the patterns with which it is registered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageServletTest {

    private static final Path SOURCES = Path.of("src/main/resources/org/atelier/page/files");
    private static final Instant INSTALLED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Pattern IMPORTED = Pattern.compile("from '\\./([^']+)'");
    private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"page/([^\"]+)\"");

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler("/");
        ServletHolder page = new ServletHolder(new PageServlet(INSTALLED));
        handler.addServlet(page, "");
        handler.addServlet(page, PageServlet.FOLDER + "*");
        server.setHandler(handler);
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void servesThePageAtTheRoot() throws Exception {
        HttpResponse<String> response = get("/");

        assertEquals(200, response.statusCode());
        assertEquals("text/html;charset=utf-8", header(response, "content-type"));
        assertEquals(Files.readString(SOURCES.resolve("index.html")), response.body());
    }

    @Test
    void servesEveryFileWithItsTypeAndThePolicy() throws Exception {
        for (String name : PageServlet.FILES) {
            HttpResponse<byte[]> response = client.send(request("/page/" + name).build(), BodyHandlers.ofByteArray());

            assertEquals(200, response.statusCode(), name);
            assertArrayEquals(Files.readAllBytes(SOURCES.resolve(name)), response.body(), name);
            assertEquals(PageServlet.POLICY, header(response, "content-security-policy"), name);
            assertEquals("nosniff", header(response, "x-content-type-options"), name);
            String type = name.endsWith(".js") ? "text/javascript" : name.endsWith(".css") ? "text/css" : "";
            assertTrue(header(response, "content-type").startsWith(type), name);
        }
    }

    @Test
    void listsExactlyTheFilesOfItsFolder() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
                    Set.of(PageServlet.FILES));
        }
    }

    @Test
    void thePageLoadsItsOwnFilesOnly() throws IOException {
        Set<String> files = Set.of(PageServlet.FILES);
        for (String name : files) {
            String text = Files.readString(SOURCES.resolve(name));
            Stream.concat(found(IMPORTED, text), found(LINKED, text))
                    .forEach(used -> assertTrue(files.contains(used), name + " uses " + used));
            String addresses = text.replace("http://www.w3.org/2000/svg", "");
            assertFalse(addresses.contains("http://") || addresses.contains("https://"), name);
        }
    }

    /** The policy forbids inline scripts and styles, and data must not become markup. */
    @Test
    void noFileMakesMarkupOfText() throws IOException {
        for (String name : PageServlet.FILES) {
            String text = Files.readString(SOURCES.resolve(name));
            for (String forbidden : List.of(
                    "innerHTML",
                    "outerHTML",
                    "insertAdjacentHTML",
                    "document.write",
                    "eval(",
                    "new Function",
                    " style=")) {
                assertFalse(text.contains(forbidden), name + ": " + forbidden);
            }
        }
    }

    @Test
    void answersAClientThatHasTheFileWithoutIt() throws Exception {
        String etag = header(get("/page/app.js"), "etag");

        assertEquals(304, conditional("If-None-Match", etag));
        assertEquals(304, conditional("If-None-Match", "\"other\", W/" + etag));
        assertEquals(304, conditional("If-None-Match", "*"));
        assertEquals(200, conditional("If-None-Match", "\"other\""));
        assertEquals(304, conditional("If-Modified-Since", "Fri, 02 Jan 2026 03:04:05 GMT"));
        assertEquals(200, conditional("If-Modified-Since", "Thu, 01 Jan 2026 03:04:05 GMT"));
        assertEquals(200, conditional("If-Modified-Since", "yesterday"));
    }

    @Test
    void answersAHeadRequestWithoutContent() throws Exception {
        HttpResponse<String> response = client.send(
                request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertEquals(Long.toString(Files.size(SOURCES.resolve("index.html"))), header(response, "content-length"));
    }

    @Test
    void servesNothingElse() throws Exception {
        for (String path : List.of(
                "/page/",
                "/page/nothing.js",
                "/page/../app.js",
                "/page/%2e%2e/PageServlet.class",
                "/page/..%2fPageServlet.class",
                "/page/files/app.js",
                "/page/APP.JS",
                "/page/app.js/",
                "/app.js")) {
            assertTrue(Set.of(400, 404).contains(get(path).statusCode()), path);
        }
        HttpResponse<String> posted = client.send(
                request("/").POST(HttpRequest.BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
        assertEquals(405, posted.statusCode());
    }

    private int conditional(String name, String value) throws Exception {
        HttpResponse<String> response =
                client.send(request("/page/app.js").header(name, value).build(), BodyHandlers.ofString());
        assertEquals(response.statusCode() == 304, response.body().getBytes(StandardCharsets.UTF_8).length == 0);
        return response.statusCode();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }
}
