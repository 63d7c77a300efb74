package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code atelier serve} and those who hand it sets, as processes: stopped, killed, and with its plugins replaced. */
@Timeout(480)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeIT {

    private static final int STOPPED = 143;

    private Path temporary;
    private Path plugin;
    private Path deploy;
    private AssembledDistribution distribution;
    private RunningServer lasting;

    /** Of the test that runs. */
    private Path folder;

    private Path data;

    @BeforeAll
    void assemble(@TempDir Path given) throws Exception {
        temporary = given;
        Path assembled = new AssembledDistribution().home();
        Path home = temporary.resolve("atelier");
        Files.createDirectories(home.resolve("bin"));
        Files.copy(assembled.resolve("bin/atelier"), home.resolve("bin/atelier"));
        assertTrue(home.resolve("bin/atelier").toFile().setExecutable(true));
        for (String same : List.of("lib", "config", "models", "bundle")) {
            Files.createSymbolicLink(home.resolve(same), assembled.resolve(same));
        }
        deploy = Files.createDirectory(home.resolve("deploy"));
        plugin = temporary.resolve("mixing.jar");
        new ThirdPartyBundle(assembled).writeTo(plugin, Files.createDirectory(temporary.resolve("classes")));
        Files.copy(plugin, deploy.resolve("mixing.jar"));
        distribution = new AssembledDistribution(home);
    }

    @AfterAll
    void stop() {
        if (lasting != null) {
            lasting.close();
        }
    }

    @BeforeEach
    void ownFolder(TestInfo test) {
        folder = temporary.resolve(test.getTestMethod().orElseThrow().getName());
        data = folder.resolve("data");
    }

    /** With {@code -Datelier.fuzz.minutes=10} for ten minutes, else a few bodies, always the same. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void acceptsOrRefusesEveryMutatedBody() throws Exception {
        RunningServer server = lasting();
        MutatedBodies bodies = new MutatedBodies(server, Long.getLong("atelier.fuzz.seed", 1));
        double minutes = Double.parseDouble(System.getProperty("atelier.fuzz.minutes", "0"));
        bodies.send(60, Duration.ofSeconds(Math.round(minutes * 60)));
        assertEquals(List.of(), bodies.faults(), bodies.summary());
        assertEquals(200, server.get("/health").statusCode());
    }

    /** With few descriptors, beside idle connections. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void generatesSubmittedSetsForThisMachineOnly() throws Exception {
        Path pipe = Files.createDirectories(folder).resolve("pipe.png");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        List<Socket> idle = new ArrayList<>();
        try (RunningServer server =
                RunningServer.startWithinDescriptors(256, distribution, folder.resolve("server"), data)) {
            assertEquals(List.of(), server.publicAddresses());
            for (String secret : List.of("token", "server.json", "lock")) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))),
                        secret);
            }
            assertEquals(401, server.bare("/sets").statusCode());
            assertEquals(200, server.bare("/health").statusCode());
            assertRefusesAPipe(server, pipe);
            for (int i = 0; i < 150; i++) {
                idle.add(server.connect());
            }

            Run set = client("set", "submit", "a house", "a fish", "--steps", "2", "--seed", "1", "--out", "set");
            assertEquals(0, set.exitCode(), set.err());
            assertEquals(
                    List.of(
                            "000.png  a house",
                            "001.png  a fish",
                            "contact-sheet.png",
                            "set.json",
                            folder.resolve("set/set").toString()),
                    set.out().lines().toList());
            assertTrue(set.err().contains("Generating 2 images with sketchbook"), set.err());

            Run list = client("list", "jobs", "list");
            assertEquals(0, list.exitCode(), list.err());
            String row = list.out().lines().skip(1).findFirst().orElseThrow();
            assertTrue(row.contains("completed") && row.contains("2 of 2"), row);
            String id = row.split(" ")[0];
            HttpResponse<String> record = server.get("/sets/" + id + "/files/set.json");
            assertEquals(Files.readString(folder.resolve("set/set/set.json")), record.body());
            int outside =
                    server.get("/sets/" + id + "/files/..%2F..%2Fdata%2Ftoken").statusCode();
            assertTrue(outside == 400 || outside == 404, Integer.toString(outside));

            Run plugins = client("plugins", "plugins", "--server");
            assertEquals(0, plugins.exitCode(), plugins.err());
            assertTrue(plugins.out().contains("org.example.mixing"), plugins.out() + plugins.err());

            Run refused = client("refused", "submit", "a fish", "--attention", "mixd");
            assertEquals(2, refused.exitCode(), refused.out());
            assertTrue(refused.err().contains("mixed"), refused.err());
            assertRefusesASecondServer(server);
            String log = server.run().out() + server.run().err();
            assertFalse(log.contains("Too many open files"), log);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** It would hold a thread until somebody writes into it. */
    private static void assertRefusesAPipe(RunningServer server, Path pipe) {
        HttpResponse<String> refused = assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> server.post(
                        "/sets",
                        "{\"items\": [\"a fish\"], \"references\": [{\"file\": \"" + pipe
                                + "\", \"prompt\": \"a house\"}]}"));
        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("not a regular file"), refused.body());
    }

    private void assertRefusesASecondServer(RunningServer server) throws Exception {
        Run second = distribution.begin(folder.resolve("second"), "serve", "--data", data.toString());

        assertEquals(70, second.exitCode());
        assertEquals(1, second.err().lines().count(), second.err());
        assertTrue(second.err().contains("process " + server.run().process().pid()), second.err());
    }

    /** Before anything starts, each on a line with its remedy. */
    @Test
    void refusesToLetOtherMachinesConnectUnprotected() throws Exception {
        Run refused = distribution.begin(folder, "serve", "--data", data.toString(), "--host", "0.0.0.0");

        assertEquals(70, refused.exitCode());
        List<String> lines = refused.err().lines().toList();
        assertEquals(2, lines.size(), refused.err());
        assertTrue(lines.get(0).contains("--token-file"), refused.err());
        assertTrue(lines.get(1).contains("--tls-keystore"), refused.err());
        assertFalse(Files.exists(data));
    }

    @Test
    void cancelsAndResumesAJob() throws Exception {
        RunningServer server = lasting();
        Run begun = client("set", "submit", "--detach", "a house", "a fish", "--steps=40", "--seed=1", "--out=set");
        assertEquals(0, begun.exitCode(), begun.err());
        String id = begun.out().strip();
        server.follow(id, RunningServer::isGenerating);

        Run cancelled = client("cancelled", "jobs", "cancel", id);
        assertEquals(0, cancelled.exitCode(), cancelled.err());
        server.follow(id, job -> job.get("status").getAsString().equals("cancelled"));
        Run resumed = client("resumed", "jobs", "resume", id);

        assertEquals(0, resumed.exitCode(), resumed.err());
        assertTrue(resumed.out().endsWith(folder.resolve("set/set") + "\n"), resumed.out());
        assertTrue(Files.exists(folder.resolve("set/set/set.json")));
    }

    /** In the middle of a set that holds a deployed plugin; which must be there when the set continues. */
    @Test
    void resumesAfterAStop() throws Exception {
        String id;
        try (RunningServer server = serve()) {
            id = begin(server, 64);

            server.run().signal("TERM");

            assertEquals(STOPPED, server.run().exitCode(), server.run().err());
            assertFalse(Files.exists(data.resolve("server.json")));
            assertFalse(Files.exists(folder.resolve("set/set.json")));
            assertTrue(server.run().err().contains("Stopping"), server.run().err());
        }
        assertEquals(6, client("nobody", "jobs", "list").exitCode());
        try (RunningServer server = serve()) {
            JsonObject job = server.follow(id, RunningServer::isComplete);

            assertEquals("completed", job.get("status").getAsString());
            assertTrue(Files.exists(folder.resolve("set/set.json")));
        }
    }

    /** The set ends on the old code, and the update waits for it; submissions meanwhile are refused with a request to retry. */
    @Test
    void replacesAPluginThatASetIsGeneratedWith() throws Exception {
        RunningServer server = lasting();
        String id = begin(server, 128);

        replacePlugin();
        HttpResponse<String> meanwhile = submitUntilRefused(server);
        JsonObject job = server.follow(id, RunningServer::isComplete);

        assertEquals(503, meanwhile.statusCode(), meanwhile.body());
        assertTrue(meanwhile.headers().firstValue("Retry-After").isPresent());
        assertTrue(meanwhile.body().contains("plugin_withdrawn"), meanwhile.body());
        assertEquals("completed", job.get("status").getAsString());
        String next = submitUntilAccepted(server);
        server.follow(next, RunningServer::isComplete);
    }

    /** The server of the tests that do not stop it. */
    private RunningServer lasting() throws Exception {
        data = temporary.resolve("lasting/data");
        if (lasting == null) {
            lasting = RunningServer.start(distribution, temporary.resolve("lasting"), data);
        }
        return lasting;
    }

    private RunningServer serve() throws Exception {
        return RunningServer.start(distribution, folder.resolve("server"), data);
    }

    private Run client(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(words));
        command.add("--data");
        command.add(data.toString());
        return distribution.begin(folder.resolve(name), command.toArray(String[]::new));
    }

    /** Submits a set of square images that takes a while, and waits until it is being generated. @return its id */
    private String begin(RunningServer server, int side) throws Exception {
        String output = URLEncoder.encode(folder.resolve("set").toString(), StandardCharsets.UTF_8);
        HttpResponse<String> answer = server.post(
                "/sets?output=" + output,
                "items: [a house, a fish]\nsteps: 40\nseed: 1\nwidth: %1$d\nheight: %1$d\nattention: mixed\n"
                        .formatted(side));
        assertEquals(202, answer.statusCode(), answer.body());
        String id = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .get("id")
                .getAsString();
        server.follow(id, RunningServer::isGenerating);
        return id;
    }

    /** As hot-deploy.md says: under another name first. */
    private void replacePlugin() throws IOException {
        Path copy = Files.copy(plugin, deploy.resolve("mixing.new"), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().plusSeconds(60)));
        Files.move(copy, deploy.resolve("mixing.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private HttpResponse<String> submitUntilRefused(RunningServer server) throws Exception {
        HttpResponse<String> answer = submitRequest(server);
        while (answer.statusCode() == 202) {
            String id = JsonParser.parseString(answer.body())
                    .getAsJsonObject()
                    .get("id")
                    .getAsString();
            server.delete("/sets/" + id);
            answer = submitRequest(server);
        }
        return answer;
    }

    /** Between the old code's stop and the new code's start there is no such plugin, for a moment. */
    private String submitUntilAccepted(RunningServer server) throws Exception {
        HttpResponse<String> answer = submitRequest(server);
        while (answer.statusCode() != 202) {
            assertTrue(answer.statusCode() == 503 || answer.body().contains("mixed"), answer.body());
            answer = submitRequest(server);
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject().get("id").getAsString();
    }

    private static HttpResponse<String> submitRequest(RunningServer server) throws Exception {
        return server.post("/sets", "items: [a cat]\nattention: mixed\nsteps: 2\n");
    }
}
