package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;

/** {@code atelier serve} as a process, and what it says to those who call it. */
final class RunningServer implements AutoCloseable {

    private static final Pattern GREETING = Pattern.compile("Atelier listens on (http://127\\.0\\.0\\.1:\\d+); ");
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** In hexadecimal digits of the kernel: 127.0.0.1, the same in IPv6, and ::1. */
    private static final List<String> THIS_MACHINE =
            List.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    private static final String LISTENS = "0A";

    private final Run run;
    private final Path data;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningServer(Run run, Path data, URI address) {
        this.run = run;
        this.data = data;
        this.address = address;
    }

    /** Starts one and waits until it listens. */
    static RunningServer start(AssembledDistribution distribution, Path folder, Path data) throws Exception {
        return start(distribution, folder, data, Map.of());
    }

    /** Starts one with what is set in its environment, over what the tests run in, and waits until it listens. */
    static RunningServer start(
            AssembledDistribution distribution, Path folder, Path data, Map<String, String> environment)
            throws Exception {
        return started(distribution.begin(folder, environment, command(data)), data);
    }

    /** Starts one that can have only so many open files. */
    static RunningServer startWithinDescriptors(
            int descriptors, AssembledDistribution distribution, Path folder, Path data) throws Exception {
        return started(distribution.beginWithinDescriptors(descriptors, folder, command(data)), data);
    }

    /** On any free port: two servers that start at once would find the same first free one. */
    private static String[] command(Path data) {
        return new String[] {"serve", "--data", data.toString(), "--port", "0"};
    }

    private static RunningServer started(Run run, Path data) throws Exception {
        run.awaitWhileRunning(() -> greeting(run).find());
        Matcher greeting = greeting(run);
        assertTrue(greeting.find());
        return new RunningServer(run, data, URI.create(greeting.group(1)));
    }

    private static Matcher greeting(Run run) {
        try {
            return GREETING.matcher(run.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run run() {
        return run;
    }

    /** Opens a connection and sends nothing. */
    Socket connect() throws IOException {
        return new Socket(address.getHost(), address.getPort());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(call(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(call(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return client.send(call(path).DELETE().build(), BodyHandlers.ofString());
    }

    /** Where it listens. */
    URI address() {
        return address;
    }

    String token() throws IOException {
        return Files.readString(data.resolve("token")).strip();
    }

    /** A call without the token. */
    HttpResponse<String> bare(String path) throws IOException, InterruptedException {
        HttpRequest call = HttpRequest.newBuilder(address.resolve("/v1" + path)).build();
        return client.send(call, BodyHandlers.ofString());
    }

    private HttpRequest.Builder call(String path) throws IOException {
        return HttpRequest.newBuilder(address.resolve("/v1" + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token());
    }

    JsonObject job(String id) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/sets/" + id);
        assertEquals(200, answer.statusCode(), answer.body());
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    /** Follows a job until it is as it should be. */
    JsonObject follow(String id, Predicate<JsonObject> condition) throws IOException, InterruptedException {
        HttpRequest call = call("/sets/" + id + "/events").timeout(TIMEOUT).build();
        JsonObject last = new JsonObject();
        try (Stream<String> lines = client.send(call, BodyHandlers.ofLines()).body()) {
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            for (String line : (Iterable<String>) lines.filter(text -> text.startsWith("data: "))::iterator) {
                last = JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
                if (condition.test(last)) {
                    return last;
                }
                assertTrue(System.nanoTime() < deadline, "the job does not get there: " + last);
            }
        }
        throw new AssertionError("the job ended otherwise: " + last + " " + run.err());
    }

    static boolean isGenerating(JsonObject job) {
        return !job.get("progress").isJsonNull()
                && job.getAsJsonObject("progress").get("phase").getAsString().equals("generating")
                && job.getAsJsonObject("progress").get("done").getAsInt() > 0;
    }

    static boolean isComplete(JsonObject job) {
        return job.get("status").getAsString().equals("completed");
    }

    /** The addresses on which the process listens that are not of this machine alone; and whether it listens at all. */
    List<String> publicAddresses() throws IOException {
        Path process = Path.of("/proc", Long.toString(run.process().pid()));
        List<String> sockets;
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            sockets = files.map(RunningServer::target)
                    .filter(name -> name.startsWith("socket:["))
                    .map(name -> name.replaceAll("\\D", ""))
                    .toList();
        }
        List<String> listening = Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> lines(process.resolve(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row[3].equals(LISTENS) && sockets.contains(row[9]))
                .map(row -> row[1].split(":")[0])
                .toList();
        assertTrue(!listening.isEmpty(), "it does not listen");
        return listening.stream().filter(host -> !THIS_MACHINE.contains(host)).toList();
    }

    /** One that is closed meanwhile has none. */
    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        run.process().destroyForcibly();
    }
}
