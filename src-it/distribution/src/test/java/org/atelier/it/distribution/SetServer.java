package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code atelier serve} of a distribution, for generating sets and for being refused. */
final class SetServer implements AutoCloseable {

    private final RunningServer server;
    private final Path folder;

    private SetServer(RunningServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** Starts the assembled distribution's. */
    static SetServer start() {
        try {
            return start(new AssembledDistribution(), Map.of());
        } catch (Exception e) {
            throw new AssertionError("The server does not start.", e);
        }
    }

    /**
     * Starts one in a temporary folder.
     *
     * @param environment what is set in it, over what the tests run in
     */
    static SetServer start(AssembledDistribution distribution, Map<String, String> environment) throws Exception {
        Path folder = Files.createTempDirectory("atelier-server");
        return new SetServer(
                RunningServer.start(distribution, folder.resolve("run"), folder.resolve("data"), environment), folder);
    }

    /**
     * Generates a set.
     *
     * @param output the folder of the set
     * @param request in YAML or JSON
     * @return the folder
     */
    Path generate(Path output, String request) throws IOException, InterruptedException {
        return generated(output, server.post("/sets?output=" + encoded(output), request));
    }

    /**
     * Generates a set and stores its style.
     *
     * @param card the style card
     */
    Path generate(Path output, Path card, String request) throws IOException, InterruptedException {
        return generated(
                output,
                server.post("/sets?output=%s&style_card=%s".formatted(encoded(output), encoded(card)), request));
    }

    /**
     * Generates a set from the record of another.
     *
     * @param output the folder of the set
     * @param record a {@code set.json}
     * @return the folder
     */
    Path generateAgain(Path output, Path record) throws IOException, InterruptedException {
        return generate(output, Files.readString(record));
    }

    /**
     * Keeps the style of a set that was generated without a style card.
     *
     * @param output the folder of the set
     * @param name of the style
     * @return the style card
     */
    Path keepStyle(Path output, String name) throws IOException, InterruptedException {
        String job =
                JsonParser.parseString(server.get("/sets").body())
                        .getAsJsonObject()
                        .getAsJsonArray("sets")
                        .asList()
                        .stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(set -> Path.of(set.get("folder").getAsString()).equals(output.toAbsolutePath()))
                        .map(set -> set.get("id").getAsString())
                        .findFirst()
                        .orElseThrow();
        return generated(
                folder.resolve("data/styles/" + name + ".style"),
                server.post("/styles", "{\"name\": \"%s\", \"job\": \"%s\"}".formatted(name, job)));
    }

    private Path generated(Path output, HttpResponse<String> response) throws IOException, InterruptedException {
        assertEquals(202, response.statusCode(), response.body());
        server.follow(
                JsonParser.parseString(response.body())
                        .getAsJsonObject()
                        .get("id")
                        .getAsString(),
                RunningServer::isComplete);
        return output;
    }

    /** What it has printed. */
    String log() throws IOException {
        return server.run().out() + server.run().err();
    }

    /** What {@code GET} of a path answers. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    /**
     * Sees that a request is refused, with one line, and nothing is written.
     *
     * @param output where the set would be
     * @param expected part of the line
     */
    void assertRefused(Path output, String request, String expected) throws IOException, InterruptedException {
        HttpResponse<String> response = server.post("/sets?output=" + encoded(output), request);
        assertEquals(4, response.statusCode() / 100, response.body());
        JsonObject error =
                JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("error");
        String message = error.get("message").getAsString();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(expected), message);
        assertFalse(Files.exists(output), output.toString());
    }

    private static String encoded(Path path) {
        return URLEncoder.encode(path.toAbsolutePath().toString(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        server.run().process().onExit().join();
        List<Path> written;
        try (Stream<Path> files = Files.walk(folder)) {
            written = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : written) {
            Files.delete(file);
        }
    }
}
