package org.atelier.web.sets;

import static org.atelier.web.sets.ServedAtelier.error;
import static org.atelier.web.sets.ServedAtelier.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.job.Job;
import org.atelier.api.set.GeneratedImage;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.web.data.DataFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AtelierServletTest {

    @TempDir
    private Path data;

    private ServedAtelier atelier;

    @BeforeEach
    void open() throws Exception {
        atelier = new ServedAtelier(data);
    }

    @AfterEach
    void close() throws Exception {
        atelier.stop();
    }

    @Test
    void acceptsASet() throws Exception {
        HttpResponse<String> response =
                atelier.post("/sets?output=/srv/a%20set&client=me&style_card=/srv/pop.style", "a house\na fish\n");

        assertEquals(202, response.statusCode(), response.body());
        assertEquals("/v1/sets/job0", response.headers().firstValue("Location").orElseThrow());
        JsonObject job = json(response);
        assertEquals("job0", job.get("id").getAsString());
        assertEquals("queued", job.get("status").getAsString());
        assertEquals(0, job.get("queue_position").getAsInt());
        assertEquals("me", job.get("client").getAsString());
        assertEquals("/srv/a set", job.get("folder").getAsString());
        assertEquals("/srv/pop.style", job.get("style_card").getAsString());
        assertEquals(
                List.of("a house", "a fish"),
                atelier.queue.job("job0").request().prompts());
    }

    /** curl sends a body with the content type of a form by default. */
    @Test
    void readsABodyAsTextWhateverItsContentType() throws Exception {
        HttpResponse<String> response = atelier.send(atelier.call("/sets")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("output=1&a fish")));

        assertEquals(202, response.statusCode(), response.body());
        assertEquals(
                List.of("output=1&a fish"), atelier.queue.job("job0").request().prompts());
        assertEquals("/sets/job0", json(response).get("folder").getAsString());
    }

    @Test
    void returnsEveryFaultOfARequest() throws Exception {
        HttpResponse<String> response = atelier.post("/sets", "$.items[1].sed: unknown key\nand another");

        assertEquals(400, response.statusCode());
        assertEquals("invalid_request", error(response).get("code").getAsString());
        assertEquals("invalid_request_error", error(response).get("type").getAsString());
        assertEquals("$.items[1].sed", error(response).get("param").getAsString());
        assertEquals(
                "the request, line 1: $.items[1].sed: unknown key\nand another",
                error(response).get("message").getAsString());
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, 400, false",
        "MODEL_NOT_FOUND, 400, false",
        "OUTPUT_UNWRITABLE, 400, false",
        "QUEUE_FULL, 429, true",
        "PLUGIN_WITHDRAWN, 503, true",
        "SERVICE_UNREACHABLE, 503, true",
        "PLUGIN_FAILED, 500, false",
        "OUT_OF_MEMORY, 507, false"
    })
    void mapsFaultsToStatusCodes(Code code, int status, boolean later) throws Exception {
        atelier.queue.refusal = new AtelierException(code, "This and that.");

        HttpResponse<String> response = atelier.post("/sets", "a fish");

        assertEquals(status, response.statusCode());
        assertEquals(later, response.headers().firstValue("Retry-After").isPresent());
        assertEquals(
                code.name().toLowerCase(Locale.ROOT),
                error(response).get("code").getAsString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sets?output=set", "/sets?output=..%2Fset", "/sets?style_card=a.style", "/sets?output=%00"})
    void refusesRelativePaths(String path) throws Exception {
        HttpResponse<String> response = atelier.post(path, "a fish");

        assertEquals(400, response.statusCode());
        assertTrue(atelier.queue.jobs().isEmpty());
    }

    /** A typing error in a name would send the set to another folder. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/sets?outptu=/srv/set | outptu | it takes output, style_card, save_style, client.",
                "/sets?x&output=/srv/set | x | it takes output, style_card, save_style, client.",
                "/sets/job0/resume?now=1 | now | it takes none."
            })
    void refusesUnknownParameters(String path, String name, String others) throws Exception {
        HttpResponse<String> response = atelier.post(path, "a fish");

        assertEquals(400, response.statusCode());
        assertEquals(
                "This endpoint has no parameter '%s'; %s".formatted(name, others),
                error(response).get("message").getAsString());
        assertTrue(atelier.queue.jobs().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sets?client=", "/sets?client=%1b%5b31m", "/sets?client=two%0alines"})
    void refusesAnInvalidClientName(String path) throws Exception {
        assertEquals(400, atelier.post(path, "a fish").statusCode());
        assertEquals(
                400, atelier.post("/sets?client=" + "x".repeat(65), "a fish").statusCode());
        assertTrue(atelier.queue.jobs().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /sets, 'GET, HEAD, POST'",
        "OPTIONS, /sets/one, 'DELETE, GET, HEAD'",
        "HEAD, /sets/one/events, GET",
        "GET, /sets/one/resume, POST",
        "PATCH, /health, 'GET, HEAD'"
    })
    void returns405WithTheAllowedMethods(String method, String path, String others) throws Exception {
        atelier.queue.put(FakeQueue.job("one", Job.State.RUNNING, data));
        HttpResponse<String> response = atelier.send(atelier.call(path).method(method, BodyPublishers.noBody()));

        assertEquals(405, response.statusCode());
        assertEquals(others, response.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void answersHeadRequests() throws Exception {
        HttpResponse<String> response = atelier.send(atelier.bare("/health").method("HEAD", BodyPublishers.noBody()));

        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sets/one/events/more", "/sets/one/files", "/plugins/a/b", "/health/x", "/../", "/../v2/sets"})
    void returns404ForUnknownPaths(String path) throws Exception {
        atelier.queue.put(FakeQueue.job("one", Job.State.RUNNING, data));
        HttpResponse<String> response = atelier.get(path);

        assertEquals(404, response.statusCode());
        assertEquals("not_found", error(response).get("code").getAsString());
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        byte[] large = new byte[(16 << 20) + 1];
        HttpResponse<String> withLength = atelier.send(atelier.call("/sets").POST(BodyPublishers.ofByteArray(large)));
        assertEquals(413, withLength.statusCode());

        HttpResponse<String> chunked = atelier.send(
                atelier.call("/sets").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
        assertEquals(413, chunked.statusCode());
    }

    @Test
    void reportsABodyThatIsBrokenOrTooSlow() throws IOException {
        String post = "POST /v1/sets HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + atelier.token + "\r\n";
        String broken = raw(post + "Transfer-Encoding: chunked", "no chunk");
        assertTrue(broken.startsWith("HTTP/1.1 400 ") && broken.contains("incomplete or malformed"), broken);

        atelier.shortenIdleTimeout();
        String absent = raw(post + "Content-Length: 10", "");
        assertTrue(absent.startsWith("HTTP/1.1 408 ") && absent.contains("request_timeout"), absent);
        assertTrue(atelier.queue.jobs().isEmpty());
    }

    @Test
    void refusesABodyThatIsNotUtf8() throws Exception {
        HttpResponse<String> response = atelier.send(
                atelier.call("/sets").POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, (byte) 0xfe})));

        assertEquals(400, response.statusCode());
    }

    @Test
    void listsShowsCancelsAndResumes() throws Exception {
        atelier.queue.put(FakeQueue.job("one", Job.State.RUNNING, data));
        atelier.queue.put(FakeQueue.job("two", Job.State.FAILED, data));

        assertEquals(2, json(atelier.get("/sets")).getAsJsonArray("sets").size());
        JsonObject one = json(atelier.get("/sets/one"));
        assertEquals("generating", one.getAsJsonObject("progress").get("phase").getAsString());
        JsonObject two = json(atelier.get("/sets/two"));
        assertEquals("out_of_memory", two.getAsJsonObject("error").get("code").getAsString());
        assertEquals("server_error", two.getAsJsonObject("error").get("type").getAsString());
        assertEquals(
                "cancelled",
                json(atelier.send(atelier.call("/sets/one").DELETE()))
                        .get("status")
                        .getAsString());
        HttpResponse<String> resumed = atelier.post("/sets/two/resume", "");
        assertEquals(202, resumed.statusCode());
        assertEquals("queued", json(resumed).get("status").getAsString());
        assertEquals(404, atelier.get("/sets/three").statusCode());
        assertEquals(404, atelier.send(atelier.call("/sets/three").DELETE()).statusCode());
    }

    @Test
    void listsPluginsWithOptionsAndFindings() throws Exception {
        JsonObject plugin =
                json(atelier.get("/plugins")).getAsJsonArray("plugins").get(0).getAsJsonObject();
        assertEquals("shared", plugin.get("name").getAsString());
        assertEquals(plugin, json(atelier.get("/plugins/attention.shared")));
        assertEquals(
                "-10 to 10",
                plugin.getAsJsonArray("options")
                        .get(0)
                        .getAsJsonObject()
                        .get("range")
                        .getAsString());
        assertEquals(404, atelier.get("/plugins/attention.none").statusCode());
        assertTrue(atelier.get("/doctor").body().contains("\"remedy\":\"Free some.\""));
        assertTrue(atelier.get("/capabilities").body().contains("quarantined"));
        assertEquals("1.2.3", json(atelier.get("/capabilities")).get("version").getAsString());
    }

    @Test
    void servesTheFilesOfTheJobAndNoOthers() throws Exception {
        Path image = Files.write(data.resolve("000.png"), new byte[] {1, 2, 3});
        Files.writeString(data.resolve("set.json"), "{}");
        Files.writeString(data.resolve("other.png"), "not of this job");
        Job job = new Job(
                "one",
                "test",
                Job.State.COMPLETED,
                0,
                SetRequest.builder().prompts("a fish").build(),
                SetOutput.to(data),
                1,
                Instant.EPOCH,
                null,
                null,
                null,
                List.of(new GeneratedImage(0, "a fish", 7L, image, "ab")),
                List.of(),
                null);
        atelier.queue.put(job);

        HttpResponse<String> response = atelier.get("/sets/one/files/000.png");
        assertEquals(200, response.statusCode());
        assertEquals("image/png", response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "nosniff",
                response.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("\u0001\u0002\u0003", response.body());
        assertEquals("{}", atelier.get("/sets/one/files/set.json").body());
        Files.createDirectory(data.resolve("contact-sheet.png"));
        for (String name : List.of(
                "other.png",
                "token",
                "..%2f" + data.getFileName() + "%2ftoken",
                "%2e%2e/token",
                "",
                "contact-sheet.png")) {
            int status = atelier.get("/sets/one/files/" + name).statusCode();
            assertTrue(status == 404 || status == 400, name + ": " + status);
        }
    }

    @Test
    void returns401WithoutTheToken() throws Exception {
        for (String path : List.of("/sets", "/plugins", "/doctor", "/capabilities", "/nothing", "")) {
            HttpResponse<String> response = atelier.send(atelier.bare(path));
            assertEquals(401, response.statusCode(), path);
            assertEquals(
                    "Bearer", response.headers().firstValue("WWW-Authenticate").orElseThrow());
        }
        String wrong = "Bearer " + "0".repeat(64);
        assertEquals(
                401,
                atelier.send(atelier.bare("/sets").header("Authorization", wrong))
                        .statusCode());
        assertEquals(
                401,
                atelier.send(atelier.bare("/sets").POST(BodyPublishers.ofString("a fish")))
                        .statusCode());
        assertTrue(atelier.queue.jobs().isEmpty());
        assertEquals(200, atelier.send(atelier.bare("/health")).statusCode());
    }

    /** DNS rebinding: a name of an attacker that resolves to this machine. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "0.0.0.0", "localhost.evil.example:1"})
    void refusesTheNameOfAnotherHost(String host) throws IOException {
        assertTrue(raw("GET /v1/health HTTP/1.1\r\nHost: " + host).startsWith("HTTP/1.1 403 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1.evil.example:80",
                "http://localhost:5173",
                "file://"
            })
    void refusesAPageOfAnotherHost(String origin) throws Exception {
        HttpResponse<String> response = atelier.send(atelier.call("/sets").header("Origin", origin));

        assertEquals(403, response.statusCode());
        assertFalse(response.headers().firstValue("Access-Control-Allow-Origin").isPresent());
    }

    @Test
    void acceptsItsOwnPages() throws Exception {
        assertEquals(
                200,
                atelier.send(atelier.call("/sets").header("Origin", "http://127.0.0.1:" + atelier.port()))
                        .statusCode());
        String localhost = "localhost:" + atelier.port();
        assertTrue(raw("GET /v1/health HTTP/1.1\r\nHost: " + localhost + "\r\nOrigin: http://" + localhost)
                .startsWith("HTTP/1.1 200 "));
    }

    @Test
    void makesTheTokenReadableByItsOwnerOnly() throws Exception {
        Path token = data.resolve("token");

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
        assertEquals(atelier.token, new DataFiles(data).token());
        Files.writeString(token, "short");
        assertTrue(new DataFiles(data).token().matches("[0-9a-f]{64}"));
    }

    private String raw(String head) throws IOException {
        return raw(head, "");
    }

    private String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), atelier.port())) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
