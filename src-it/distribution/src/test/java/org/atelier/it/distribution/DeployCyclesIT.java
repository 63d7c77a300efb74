package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin is deployed, replaced and taken away again and again while a server generates with it, beside a bundle that never
 * comes to an end of its start. One cycle, or as many as {@code -Datelier.deploy.cycles} says; {@code
 * target/deploy-cycles.csv} is the curve of what the process takes.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployCyclesIT {

    private static final int CYCLES = Integer.getInteger("atelier.deploy.cycles", 1);

    /** Until here caches fill and code is compiled. */
    private static final int WARM_UP = 20;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String OLD = "1.0.0";
    private static final String NEW = "1.1.0";
    private static final String SHARE = "= options.referenceShare()";

    private Path folder;
    private Path deploy;
    private AssembledDistribution distribution;
    private Map<String, Path> versions;
    private Path stuck;
    private Instant touched = Instant.now();

    @BeforeAll
    void assemble(@TempDir Path temporary) throws Exception {
        folder = temporary;
        AssembledDistribution assembled = new AssembledDistribution();
        distribution = assembled.copiedTo(folder.resolve("atelier"));
        deploy = Files.createDirectories(folder.resolve("atelier/deploy"));
        versions = Map.of(
                OLD, bundle(assembled.home(), OLD, source -> source),
                // Asked for one share it takes the other: the images tell which code generated them.
                NEW, bundle(assembled.home(), NEW, source -> source.replace(SHARE, "= 1 - options.referenceShare()")));
        stuck = stuck(assembled.home());
    }

    private Path stuck(Path home) throws Exception {
        Path jar = folder.resolve("stuck.jar");
        new ThirdPartyBundle(
                        home, "org.example.stuck", Path.of("src/faulty/stuck").toAbsolutePath())
                .writeTo(
                        jar,
                        Files.createDirectory(folder.resolve("classes-stuck")),
                        Map.of("Bundle-Activator", "org.example.stuck.Stuck"));
        return jar;
    }

    private Path bundle(Path home, String version, UnaryOperator<String> change) throws Exception {
        Path sources = Files.createDirectory(folder.resolve(version));
        for (Path source : ThirdPartyBundle.sources()) {
            Files.writeString(sources.resolve(source.getFileName()), change.apply(Files.readString(source)));
        }
        Path jar = folder.resolve(version + ".jar");
        new ThirdPartyBundle(home, "org.example.mixing", sources)
                .writeTo(
                        jar,
                        Files.createDirectory(folder.resolve("classes-" + version)),
                        Map.of("Bundle-Version", version));
        return jar;
    }

    @Test
    void everySetIsGeneratedByOneVersionAndTheProcessDoesNotGrow() throws Exception {
        List<Usage> curve = new ArrayList<>();
        try (RunningServer server =
                RunningServer.start(distribution, folder.resolve("server"), folder.resolve("data"))) {
            Files.move(stuck, deploy.resolve("a-stuck.jar"), StandardCopyOption.ATOMIC_MOVE);
            deploy(OLD);
            List<String> old = generated(server, submit(server));
            deploy(NEW);
            List<String> other = generated(server, submitToThe(server, NEW));
            assertNotEquals(old, other, "the versions generate alike");
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                String duringUpdate = begun(server);
                deploy(OLD);
                String duringRemoval = submitToThe(server, OLD);
                assertEquals(other, generated(server, duringUpdate), "cycle " + cycle);
                server.follow(duringRemoval, RunningServer::isGenerating);
                Files.delete(deploy.resolve("mixing.jar"));
                assertEquals(old, generated(server, duringRemoval), "cycle " + cycle);
                isGone(server);
                deploy(NEW);
                submitAndForget(server);
                curve.add(Usage.of(server.run().process().pid()));
                write(curve);
            }
        }
        if (CYCLES > 2 * WARM_UP) {
            Usage warm = curve.get(WARM_UP);
            Usage last = curve.get(CYCLES - 1);
            assertTrue(last.metaspace() < 1.05 * warm.metaspace(), warm + " grew to " + last);
            assertTrue(last.resident() < 1.10 * warm.resident(), warm + " grew to " + last);
            assertTrue(last.threads() <= warm.threads() + 4, warm + " grew to " + last);
        }
    }

    /** As hot-deploy.md says: under another name first. File Install tells versions apart by their times. */
    private void deploy(String version) throws IOException {
        Path copy =
                Files.copy(versions.get(version), deploy.resolve("mixing.new"), StandardCopyOption.REPLACE_EXISTING);
        touched = touched.plusSeconds(2);
        Files.setLastModifiedTime(copy, FileTime.from(touched));
        Files.move(copy, deploy.resolve("mixing.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static HttpResponse<String> submitRequest(RunningServer server) throws Exception {
        return server.post("/sets", """
                items: [a cat, a boat]
                attention: mixed
                attention_options: {reference-share: 0.25}
                width: 64
                height: 64
                steps: 16
                seed: 3
                """);
    }

    /** Asks until the plugin is there and free. @return the job's id */
    private static String submit(RunningServer server) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        HttpResponse<String> answer = submitRequest(server);
        while (answer.statusCode() != 202) {
            boolean absent = answer.statusCode() == 400 && answer.body().contains("There is no attention 'mixed'");
            assertTrue(absent || answer.statusCode() == 503, answer.body());
            assertTrue(System.nanoTime() < deadline, "the plugin does not come: " + answer.body());
            answer = submitRequest(server);
        }
        return JsonParser.parseString(answer.body()).getAsJsonObject().get("id").getAsString();
    }

    /** As {@link #submit}, once that version serves. */
    private static String submitToThe(RunningServer server, String version) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!serving(server).equals(version)) {
            assertTrue(System.nanoTime() < deadline, version + " does not come; there is " + serving(server));
        }
        return submit(server);
    }

    private static String begun(RunningServer server) throws Exception {
        String id = submit(server);
        server.follow(id, RunningServer::isGenerating);
        return id;
    }

    private static void submitAndForget(RunningServer server) throws Exception {
        server.follow(submitToThe(server, NEW), RunningServer::isComplete);
    }

    private static void isGone(RunningServer server) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!serving(server).isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "the plugin does not go");
        }
    }

    /** The version of the plugin that is ready; empty while there is none. */
    private static String serving(RunningServer server) throws Exception {
        HttpResponse<String> answer = server.get("/plugins");
        assertEquals(200, answer.statusCode(), answer.body());
        JsonObject all = JsonParser.parseString(answer.body()).getAsJsonObject();
        for (JsonElement element : all.getAsJsonArray("plugins")) {
            JsonObject plugin = element.getAsJsonObject();
            if (plugin.get("name").getAsString().equals("mixed")
                    && plugin.get("state").getAsString().equals("ready")) {
                return plugin.get("version").getAsString();
            }
        }
        return "";
    }

    /** Waits for a set. @return the hashes of its images */
    private static List<String> generated(RunningServer server, String id) throws Exception {
        server.follow(id, RunningServer::isComplete);
        return StreamSupport.stream(server.job(id).getAsJsonArray("images").spliterator(), false)
                .map(image -> image.getAsJsonObject().get("sha256").getAsString())
                .toList();
    }

    private static void write(List<Usage> curve) throws IOException {
        List<String> lines = new ArrayList<>(List.of("cycle,resident MB,metaspace MB,threads"));
        for (int cycle = 0; cycle < curve.size(); cycle++) {
            lines.add(cycle + "," + curve.get(cycle));
        }
        Files.write(Path.of("target/deploy-cycles.csv"), lines);
    }

    /**
     * What a process takes after its garbage is collected.
     *
     * @param resident megabytes of memory
     * @param metaspace megabytes that classes take of it
     * @param threads how many
     */
    private record Usage(double resident, double metaspace, int threads) {

        static Usage of(long pid) throws IOException, InterruptedException {
            tool("jcmd", Long.toString(pid), "GC.run");
            String[] rows = tool("jstat", "-gc", Long.toString(pid)).split("\n");
            List<String> names = List.of(rows[0].strip().split("\\s+"));
            String used = rows[1].strip().split("\\s+")[names.indexOf("MU")];
            return new Usage(status(pid, "VmRSS:") / 1024.0, Double.parseDouble(used) / 1024, status(pid, "Threads:"));
        }

        private static int status(long pid, String name) throws IOException {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElseThrow();
        }

        private static String tool(String name, String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), out);
            return out;
        }

        @Override
        public String toString() {
            return "%.0f,%.1f,%d".formatted(resident, metaspace, threads);
        }
    }
}
