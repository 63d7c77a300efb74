package org.atelier.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.health.Finding;
import org.atelier.api.job.Job;
import org.atelier.api.job.SetQueue;
import org.atelier.api.job.SetQueue.Subscription;
import org.atelier.api.server.Server;
import org.atelier.api.set.RequestFormat;
import org.atelier.api.set.SetOutput;
import org.atelier.api.set.SetRequest;
import org.atelier.wire.JobJson;
import org.atelier.wire.ServerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalServersTest {

    private static final Job JOB = new Job(
            "one",
            "me",
            Job.State.QUEUED,
            2,
            SetRequest.builder().prompts("a fish").build(),
            new SetOutput(Path.of("/sets/one"), Path.of("/sets/pop.style")),
            0,
            Instant.EPOCH,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null);

    private static final String UNAVAILABLE =
            "{\"error\": {\"code\": \"plugin_withdrawn\", \"message\": \"A plugin is being replaced.\"}}";

    @TempDir
    private Path data;

    private final JobJson jobJson = new JobJson(new PromptFormat());
    private final LocalServers servers = new LocalServers(new PromptFormat());
    private final List<String> calls = new ArrayList<>();
    private HttpServer http;

    @BeforeEach
    void open() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.start();
        Files.writeString(data.resolve("token"), "abc\n");
        announce(ProcessHandle.current().pid(), Instant.now());
    }

    @AfterEach
    void close() {
        http.stop(0);
    }

    @Test
    void callsARemoteQueue() throws IOException {
        respond("/v1/sets", 202, jobJson.of(JOB).toString());
        respond("/v1/sets/one", 200, jobJson.of(JOB).toString());
        respond("/v1/sets/one/resume", 202, jobJson.of(JOB).toString());
        SetQueue queue = servers.of(data).queue();

        assertEquals(JOB, queue.submit(JOB.request(), JOB.output(), "me & you"));
        assertEquals(JOB, queue.job("one"));
        assertEquals(JOB, queue.cancel("one"));
        assertEquals(JOB, queue.resume("one"));

        assertTrue(calls.get(0).startsWith("POST /v1/sets?"), calls.get(0));
        assertTrue(calls.get(0).contains("client=me%20%26%20you"), calls.get(0));
        assertTrue(calls.get(0).contains("output=%2Fsets%2Fone"), calls.get(0));
        assertTrue(calls.get(0).endsWith(" Bearer abc"), calls.get(0));
        assertEquals("GET /v1/sets/one Bearer abc", calls.get(1));
        assertEquals("DELETE /v1/sets/one Bearer abc", calls.get(2));
        assertEquals("POST /v1/sets/one/resume Bearer abc", calls.get(3));
    }

    @Test
    void returnsPluginsAndFindings() throws IOException {
        respond("/v1/plugins", 200, "{\"plugins\": []}");
        respond("/v1/doctor", 200, """
                {"findings": [{"check": "disk", "severity": "warning", "subject": "/", "message": "Little.",
                "remedy": "Free some."}]}""");
        Server server = servers.of(data);

        assertEquals(List.of(), server.plugins().plugins());
        assertEquals(
                List.of(new Finding("disk", Finding.Severity.WARNING, "/", "Little.", "Free some.")),
                server.doctor().examine());
    }

    @Test
    void throwsTheErrorOfTheServer() throws IOException {
        respond("/v1/sets/one/resume", 429, "{\"error\": {\"code\": \"queue_full\", \"message\": \"Too many wait.\"}}");

        AtelierException fault = assertThrows(
                AtelierException.class, () -> servers.of(data).queue().resume("one"));

        assertEquals(Code.QUEUE_FULL, fault.code());
        assertEquals("Too many wait.", fault.getMessage());
    }

    @Test
    void notifiesTheListenerOfEachChange() throws Exception {
        Job generated = changed(JOB, Job.State.COMPLETED);
        String first = "id: 1\nevent: job\ndata: " + jobJson.of(JOB) + "\n\n: alive\n\n";
        String second = """
                id: 2
                event: preview
                data: {}

                id: 3
                event: job
                data: {"status":"completed","queue_position":0,"ended":"1970-01-01T00:00:00Z"}

                """;
        stream("/v1/sets/one/events", first, second);
        BlockingQueue<Job> received = new ArrayBlockingQueue<>(8);

        try (Subscription following = servers.of(data).queue().subscribe("one", received::add)) {
            assertEquals(JOB, received.poll(20, TimeUnit.SECONDS));
            assertEquals(generated, received.poll(20, TimeUnit.SECONDS));
            assertTrue(following.toString().length() > 0);
        }
    }

    @Test
    void closesTheConnectionWithTheSubscription() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        String event = "event: job\ndata: " + jobJson.of(JOB) + "\n\n";
        http.createContext("/v1/sets/one/events", exchange -> {
            try (OutputStream out = events(exchange)) {
                while (true) {
                    out.write(event.getBytes(UTF_8));
                    out.flush();
                }
            } catch (IOException e) {
                gone.countDown();
            }
        });
        CountDownLatch received = new CountDownLatch(1);

        Subscription following = servers.of(data).queue().subscribe("one", job -> received.countDown());
        assertTrue(received.await(20, TimeUnit.SECONDS));
        following.close();

        assertTrue(gone.await(20, TimeUnit.SECONDS));
    }

    @Test
    void namesTheRemedyIfNoServerRuns() {
        assertUnreachable(data.resolve("none"), "atelier serve");
    }

    /** A killed server leaves its file, and another process, which must not receive the token, may use its port by now. */
    @Test
    void ignoresTheFileOfAKilledServer() throws IOException {
        respond("/v1/sets", 200, "{\"sets\": []}");
        announce(4_194_304_000L, Instant.now());
        assertUnreachable(data, "No Atelier server runs for the data folder");

        announce(ProcessHandle.current().pid(), Instant.EPOCH);
        assertUnreachable(data, "No Atelier server runs for the data folder");
        assertTrue(calls.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "{}",
                "{\"pid\":1}",
                "{\"pid\":\"x\",\"port\":1,\"started\":\"1970-01-01T00:00:00Z\",\"version\":\"1\"}",
                "{\"pid\":1,\"port\":99999,\"started\":\"1970-01-01T00:00:00Z\",\"version\":\"1\"}",
                "{\"pid\":1,\"port\":1,\"started\":\"yesterday\",\"version\":\"1\"}"
            })
    void reportsAnInvalidServerFile(String content) throws IOException {
        Files.writeString(data.resolve("server.json"), content);

        assertUnreachable(data, "Cannot read the server files");
    }

    @ParameterizedTest
    @CsvSource({"token, token", "server.json, server.json"})
    void namesTheFileThatWasRemovedUnderARunningServer(String removed, String named) throws IOException {
        long pid = ProcessHandle.current().pid();
        Files.writeString(data.resolve("lock"), Long.toString(pid));
        Files.delete(data.resolve(removed));

        assertUnreachable(
                data,
                "Process %d serves the data folder %s, but the file %s is missing there".formatted(pid, data, named));
    }

    @Test
    void ignoresTheLockOfAKilledServer() throws IOException {
        Files.writeString(data.resolve("lock"), "4194304000");
        Files.delete(data.resolve("server.json"));

        assertUnreachable(data, "No Atelier server runs for the data folder");
    }

    /** 503 says that the server starts, stops, or replaces a plugin: it has not accepted the set. */
    @Test
    void repeatsACallThatTheServerRefusesForAMoment() throws IOException {
        http.createContext("/v1/sets", exchange -> {
            recordCall(exchange);
            exchange.getRequestBody().readAllBytes();
            boolean available = calls.size() > 2;
            byte[] body = (available ? jobJson.of(JOB).toString() : UNAVAILABLE).getBytes(UTF_8);
            exchange.sendResponseHeaders(available ? 202 : 503, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });

        assertEquals(JOB, servers.of(data).queue().submit(JOB.request(), JOB.output(), "me"));
        assertEquals(3, calls.size());
    }

    @Test
    void givesUpWhenTheServerStaysUnavailable() throws IOException {
        respond("/v1/sets", 503, UNAVAILABLE);
        SetQueue queue =
                new LocalServers(new PromptFormat(), Duration.ZERO).of(data).queue();

        AtelierException fault = assertThrows(AtelierException.class, queue::jobs);

        assertEquals(Code.PLUGIN_WITHDRAWN, fault.code());
        assertEquals("A plugin is being replaced.", fault.getMessage());
    }

    @Test
    void reportsAServerThatHasStopped() {
        Server server = servers.of(data);
        http.stop(0);

        AtelierException fault =
                assertThrows(AtelierException.class, () -> server.queue().jobs());

        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
        assertEquals(1, fault.getMessage().lines().count());
        assertTrue(fault.getMessage().endsWith("start it again: atelier serve"), fault.getMessage());
    }

    @Test
    void reportsResponsesOfOtherServers() throws IOException {
        respond("/v1/sets", 200, "<html>");
        respond("/v1/sets/one", 404, "{}");
        SetQueue queue = servers.of(data).queue();

        assertEquals(
                Code.SERVICE_UNREACHABLE,
                assertThrows(AtelierException.class, queue::jobs).code());
        assertEquals(
                Code.SERVICE_UNREACHABLE,
                assertThrows(AtelierException.class, () -> queue.job("one")).code());
    }

    private void assertUnreachable(Path folder, String part) {
        AtelierException fault = assertThrows(AtelierException.class, () -> servers.of(folder));
        assertEquals(Code.SERVICE_UNREACHABLE, fault.code());
        assertTrue(fault.getMessage().contains(part), fault.getMessage());
        assertFalse(fault.getMessage().contains("\n"));
    }

    private void announce(long process, Instant started) throws IOException {
        ServerRecord record = new ServerRecord(
                process, URI.create("http://127.0.0.1:" + http.getAddress().getPort()), List.of(), started, "1.2.3");
        Files.writeString(data.resolve("server.json"), record.toJson().toString());
    }

    private void respond(String path, int status, String body) {
        http.createContext(path, exchange -> {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            recordCall(exchange);
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    private void stream(String path, String... parts) {
        http.createContext(path, exchange -> {
            try (OutputStream out = events(exchange)) {
                for (String part : parts) {
                    out.write(part.getBytes(UTF_8));
                    out.flush();
                }
            }
        });
    }

    private static OutputStream events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private synchronized void recordCall(HttpExchange exchange) {
        calls.add("%s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private static Job changed(Job job, Job.State state) {
        return new Job(
                job.id(),
                job.client(),
                state,
                0,
                job.request(),
                job.output(),
                job.attempts(),
                job.submitted(),
                job.started(),
                Instant.EPOCH,
                job.progress(),
                job.images(),
                job.notes(),
                job.fault());
    }

    /** Writes only the prompts of a request. */
    private static final class PromptFormat implements RequestFormat {

        @Override
        public String write(SetRequest request) {
            return new Gson().toJson(request.prompts());
        }

        @Override
        public SetRequest read(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SetRequest read(String text, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of("steps", "41", "cfg_scale", "what suits", "controls.scale", "0.7");
        }

        @Override
        public SetRequest readBack(String text) {
            return SetRequest.builder()
                    .prompts(new Gson().fromJson(text, String[].class))
                    .build();
        }
    }
}
