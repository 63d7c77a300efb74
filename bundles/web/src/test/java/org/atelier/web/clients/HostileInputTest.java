package org.atelier.web.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.atelier.api.job.Job;
import org.atelier.web.calls.PendingCalls;
import org.atelier.web.openai.ServedOpenAi;
import org.atelier.web.sets.FakeQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must be refused at the routes of every family of clients, in the form of its errors, without a job, without a file that stays,
 * and without harm to the next call.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

    /** At once: more than are held, but so few that a busy machine sends each before its connection counts as idle. */
    private static final int CALLS = 2 * PendingCalls.MAX_CALLS;

    /** The routes with a body. */
    private static final List<String> ROUTES = List.of(
            "/v1/images/generations",
            "/v1/images/edits",
            "/v1/styles",
            "/sdapi/v1/txt2img",
            "/sdapi/v1/img2img",
            "/sdapi/v1/png-info",
            "/sdapi/v1/options");

    /** Headers with two ways to say where a body ends, or one that two readers may understand differently. */
    private static final List<String> AMBIGUOUS = List.of(
            "Content-Length: 30\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 30",
            "Content-Length: 2\r\nContent-Length: 30",
            "Content-Length: 2, 30",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: \tchunked, identity",
            "Transfer-Encoding : chunked",
            "Content-Length: -1",
            "Content-Length: +5",
            "Content-Length: 0x5",
            "Content-Length : 5",
            "X: a\r\n Transfer-Encoding: chunked",
            "Content-Length: 5\r\n 0",
            "X: a\rContent-Length: 5");

    private static final int IDLE_MILLISECONDS = 30_000;

    private Path data;
    private ServedClients clients;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        data = folder;
        clients = new ServedClients(data);
    }

    @AfterAll
    void stop() throws Exception {
        clients.stop();
    }

    @AfterEach
    void leavesNothing() throws Exception {
        clients.atelier.shortenIdleTimeout(IDLE_MILLISECONDS);
        ServedOpenAi.await(() -> clients.atelier.queue.listeners.isEmpty());
        clients.atelier.queue.jobs.clear();
        for (String folder : List.of("uploads", "styles")) {
            try (Stream<Path> files = Files.list(data.resolve(folder))) {
                assertEquals(0, files.count(), folder);
            }
        }
        assertEquals(200, clients.send(clients.call("/v1/models")).statusCode());
        assertEquals(200, clients.send(clients.call("/sdapi/v1/options")).statusCode());
    }

    static Stream<Arguments> ambiguousRequests() {
        return ROUTES.stream().flatMap(route -> AMBIGUOUS.stream().map(headers -> Arguments.of(route, headers)));
    }

    /** A second request hides in the body; only one answer may come back, and the connection ends. */
    @ParameterizedTest
    @MethodSource("ambiguousRequests")
    void refusesRequestsWhoseEndIsAmbiguous(String route, String headers) throws IOException {
        String hidden = "0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + clients.atelier.token + "\r\n\r\n";

        String answer = clients.raw(route, headers, hidden);

        assertTrue(answer.startsWith("HTTP/1.1 400 ") || answer.startsWith("HTTP/1.1 501 "), answer);
        assertFalse(answer.substring(9).contains("HTTP/1.1 "), answer);
        assertForm(route, answer.substring(answer.indexOf('{')));
        assertTrue(clients.atelier.queue.jobs().isEmpty());
    }

    /** Jetty ends a line of the head at a bare LF, as RFC 9112 allows; each route then sees one request, and no other. */
    @ParameterizedTest
    @FieldSource("ROUTES")
    void readsLinesThatEndWithLineFeedsAsOneRequest(String route) throws IOException {
        String answer = clients.raw(
                "POST %s HTTP/1.1\nHost: 127.0.0.1\nConnection: close\nContent-Length: 2\n\n{}GET /v1/models HTTP/1.1\n\n"
                        .formatted(route));

        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertFalse(answer.substring(9).contains("HTTP/1.1 "), answer);
    }

    /** Two readers may disagree on where such a chunk ends. */
    @ParameterizedTest
    @MethodSource("malformedChunks")
    void refusesMalformedChunks(String route, String body) throws IOException {
        String answer = clients.raw(route, "Transfer-Encoding: chunked", body);

        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertFalse(answer.substring(9).contains("HTTP/1.1 "), answer);
        assertForm(route, answer.substring(answer.indexOf('{')));
        assertTrue(clients.atelier.queue.jobs().isEmpty());
    }

    static Stream<Arguments> malformedChunks() {
        List<String> chunks = List.of(
                "-2\r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "2 {}\r\n0\r\n\r\n",
                "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}x0\r\n\r\n");
        return ROUTES.stream().flatMap(route -> chunks.stream().map(body -> Arguments.of(route, body)));
    }

    @ParameterizedTest
    @FieldSource("ROUTES")
    void doesNotWaitForASlowSender(String route) throws IOException {
        clients.atelier.shortenIdleTimeout(300);

        String answer =
                clients.raw(route, "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000", "{");

        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        assertForm(route, answer.substring(answer.indexOf('{')));
    }

    @ParameterizedTest
    @FieldSource("ROUTES")
    void refusesABodyOf17Megabytes(String route) throws Exception {
        HttpResponse<String> response =
                clients.send(clients.call(route).POST(BodyPublishers.ofByteArray(new byte[17 << 20])));

        assertEquals(413, response.statusCode(), response.body());
        assertForm(route, response.body());
    }

    @ParameterizedTest
    @FieldSource("ROUTES")
    void refusesDeepJson(String route) throws Exception {
        HttpResponse<String> response = clients.post(route, "{\"prompt\":" + "[".repeat(1_000_000));

        assertEquals(4, response.statusCode() / 100, response.body());
        assertForm(route, response.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/images/generations | reference  | {'prompt':'a','reference':'data:image/png;base64,IMAGE'}",
                "/v1/images/edits       | image 1    | {'prompt':'a','image':'data:image/png;base64,IMAGE'}",
                "/sdapi/v1/img2img      | init_images | {'prompt':'a','init_images':['IMAGE']}",
                "/sdapi/v1/img2img      | mask       | {'prompt':'a','init_images':['PNG'],'mask':'IMAGE'}",
                "/sdapi/v1/img2img      | mask       | {'prompt':'a','init_images':['PNG'],'mask':'IMAGE','inpainting_mask_invert':1}"
            })
    void refusesAPixelBomb(String route, String parameter, String body) throws Exception {
        String png = Base64.getEncoder().encodeToString(ServedOpenAi.png(8, 8, Color.RED));
        HttpResponse<String> response = clients.post(
                route,
                body.replace('\'', '"').replace("IMAGE", PixelBomb.base64()).replace("PNG", png));

        assertEquals(400, response.statusCode(), response.body());
        assertEquals(
                parameter + ": 60000 x 60000 pixels are too many, 64 megapixels at most; reduce the image first.",
                message(route, response.body()));
        assertTrue(clients.atelier.queue.jobs().isEmpty());
        deleteUploads();
    }

    /** The first image of a call with a mask may be stored by then; it is removed after a week. */
    private void deleteUploads() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("uploads"))) {
            for (Path file : files.toList()) {
                assertTrue(Files.size(file) < 1 << 12, file.toString());
                Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/images/generations", "/sdapi/v1/txt2img"})
    void boundsCallsThatComeAtOnce(String route) throws Exception {
        HttpClient caller = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> called = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            called.add(clients.begin(caller, route, "{\"prompt\":\"a fox\"}"));
        }
        ServedOpenAi.await(
                () -> called.stream().filter(CompletableFuture::isDone).count() >= CALLS - PendingCalls.MAX_CALLS);
        ServedOpenAi.await(() -> clients.atelier.queue.listeners.size() == PendingCalls.MAX_CALLS);
        assertEquals(PendingCalls.MAX_CALLS, clients.atelier.queue.jobs().size());

        clients.atelier
                .queue
                .jobs()
                .forEach(job -> clients.atelier.queue.put(FakeQueue.job(job.id(), Job.State.FAILED, data)));
        Map<Integer, Integer> statuses = new HashMap<>();
        for (CompletableFuture<HttpResponse<String>> each : called) {
            HttpResponse<String> response = each.get(30, TimeUnit.SECONDS);
            statuses.merge(response.statusCode(), 1, Integer::sum);
            if (response.statusCode() == 429) {
                assertForm(route, response.body());
                assertTrue(response.headers().firstValue("Retry-After").isPresent());
            }
        }
        assertEquals(Map.of(507, PendingCalls.MAX_CALLS, 429, CALLS - PendingCalls.MAX_CALLS), statuses);
    }

    /** What the access rules refuse has the form of the path too. */
    @ParameterizedTest
    @FieldSource("ROUTES")
    void refusesForeignHostsAndOriginsInTheFormOfThePath(String route) throws IOException {
        for (String header : List.of("Host: evil.example", "Host: 127.0.0.1\r\nOrigin: http://evil.example")) {
            String answer = clients.raw("POST %s HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                    .formatted(route, header));

            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            String body = answer.substring(answer.indexOf('{'));
            assertForm(route, body);
            assertTrue(message(route, body).contains("names another host"), body);
        }
    }

    private static void assertForm(String route, String body) {
        JsonObject json = JsonParser.parseString(body).getAsJsonObject();
        assertEquals(route.startsWith("/sdapi/"), json.has("detail"), body);
        assertEquals(1, message(route, body).lines().count(), body);
    }

    private static String message(String route, String body) {
        JsonObject json = JsonParser.parseString(body).getAsJsonObject();
        return (route.startsWith("/sdapi/")
                        ? json.get("detail")
                        : json.getAsJsonObject("error").get("message"))
                .getAsString();
    }
}
