package org.atelier.it.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.it.harness.SourceBundle;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The distribution's server as a process, in a copy whose {@code deploy/} a test may fill. */
final class ServedPage {

    private static final Pattern GREETING = Pattern.compile("Atelier listens on (http://127\\.0\\.0\\.1:\\d+)");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Path home;
    private final Path data;
    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServedPage(Path home, Path data, Process process, URI address) {
        this.home = home;
        this.data = data;
        this.process = process;
        this.address = address;
    }

    /** Starts one and waits until it listens. @param folder that is empty */
    static ServedPage start(Path folder) throws IOException, InterruptedException {
        Path home = copied(Path.of(System.getProperty("atelier.distribution")), folder.resolve("home"));
        Path data = folder.resolve("data");
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(
                        home.resolve("bin/atelier").toString(), "serve", "--port", "0", "--data", data.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Matcher greeting = GREETING.matcher(Files.readString(out));
        while (!greeting.find()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("the server did not start: " + Files.readString(out));
            }
            greeting = GREETING.matcher(Files.readString(out));
        }
        return new ServedPage(home, data, process, URI.create(greeting.group(1)));
    }

    /** Only what the server writes to is a copy. */
    private static Path copied(Path distribution, Path home) throws IOException {
        Files.createDirectories(home.resolve("deploy"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(distribution.resolve("bin/atelier"), home.resolve("bin/atelier"));
        try (Stream<Path> parts = Files.list(distribution)) {
            for (Path part : parts.toList()) {
                String name = part.getFileName().toString();
                if (!List.of("bin", "deploy").contains(name)) {
                    Files.createSymbolicLink(home.resolve(name), part);
                }
            }
        }
        return home;
    }

    URI address() {
        return address;
    }

    String token() throws IOException {
        return Files.readString(data.resolve("token")).strip();
    }

    /** The sets of the server, in the order of submission. */
    List<JsonObject> sets() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/sets"))
                .header("Authorization", "Bearer " + token())
                .build();
        JsonArray sets = JsonParser.parseString(
                        client.send(request, BodyHandlers.ofString()).body())
                .getAsJsonObject()
                .getAsJsonArray("sets");
        return sets.asList().stream().map(set -> set.getAsJsonObject()).toList();
    }

    /** Submits a set as another client. @return the id of the job */
    String submit(String set) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/sets"))
                .header("Authorization", "Bearer " + token())
                .POST(BodyPublishers.ofString(set))
                .build();
        HttpResponse<String> accepted = client.send(request, BodyHandlers.ofString());
        if (accepted.statusCode() != 202) {
            throw new AssertionError(accepted.body());
        }
        return JsonParser.parseString(accepted.body())
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    /** Compiles the plugin {@code attention.leaving-out} as its user would, and copies it into {@code deploy/}. */
    void deployPlugin(Path work) throws Exception {
        Path sources = Path.of(System.getProperty("atelier.root"), "src-it/distribution/src/leaving-out");
        List<File> classPath = List.of(
                jar("lib", "org.apache.felix.framework-"),
                jar("bundle/30", "org.atelier.api-"),
                home.resolve("bundle/20/org.atelier.libs.djl/lib/djl-api.jar").toFile(),
                jarOf(Component.class),
                jarOf(Designate.class));
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            Path jar = work.resolve("leaving-out.jar");
            new SourceBundle("org.example.leavingout", java, classPath)
                    .writeTo(jar, Files.createDirectory(work.resolve("classes")), Map.of());
            Files.move(jar, home.resolve("deploy/leaving-out.jar"));
        }
    }

    private File jar(String folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(Path::toFile)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + prefix + " in " + folder));
        }
    }

    private static File jarOf(Class<?> type) throws URISyntaxException {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
