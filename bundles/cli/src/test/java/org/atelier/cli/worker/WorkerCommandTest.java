package org.atelier.cli.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.set.ImageSelection;
import org.atelier.cli.commands.CommandLineOnFakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client sends lines and receives lines. */
class WorkerCommandTest {

    private final CommandLineOnFakes line = new CommandLineOnFakes();

    @TempDir
    private Path folder;

    private List<JsonObject> events(String... commands) {
        line.input = String.join("\n", commands);
        assertEquals(0, line.run("worker"), line.err());
        assertTrue(line.slices.isReleased);
        return line.out()
                .lines()
                .map(event -> JsonParser.parseString(event).getAsJsonObject())
                .toList();
    }

    private JsonObject last(String... commands) {
        List<JsonObject> events = events(commands);
        return events.get(events.size() - 1);
    }

    private static void assertError(JsonObject event, String code, String message) {
        assertEquals("error", event.get("event").getAsString());
        assertEquals(code, event.get("code").getAsString());
        assertEquals(message, event.get("message").getAsString());
    }

    @Test
    void isReadyAndEndsWithItsInput() {
        assertEquals(
                List.of(JsonParser.parseString("{\"event\":\"ready\",\"protocol\":1,\"version\":\"1.2.3\"}")),
                events(""));
    }

    @Test
    void resolvesACampaign() {
        JsonObject result = last("{\"id\":1,\"command\":\"resolve\",\"campaign\":\"/campaign.yaml\"}");

        assertEquals("result", result.get("event").getAsString());
        assertEquals(1, result.get("id").getAsInt());
        JsonObject set = result.getAsJsonArray("sets").get(1).getAsJsonObject();
        assertEquals("pop-art-birds", set.get("name").getAsString());
        assertEquals(3, set.get("images").getAsInt());
        assertEquals("[\"0\",\"1-2\"]", set.get("chunks").toString());
        assertEquals(FakeSlices.INVERSION, set.get("inversion").getAsString());
        assertEquals(64, set.get("given").getAsString().length());
        assertEquals(
                "[{\"path\":\"/in/reference.png\",\"sha256\":\"%s\"}]".formatted("1".repeat(64)),
                set.get("inputs").toString());
        assertTrue(set.get("request").isJsonObject());
    }

    @Test
    void resolvesOneRequestUnderAName() {
        JsonObject result =
                last("{\"id\":1.5,\"command\":\"resolve\",\"request\":\"/request.yaml\",\"name\":\"mine\"}");

        assertEquals(1.5, result.get("id").getAsDouble());
        assertEquals(1, result.getAsJsonArray("sets").size());
    }

    @Test
    void namesTheSetsWithFaults() {
        line.slices.fault = new AtelierException(Code.MODEL_NOT_FOUND, "There is no model.");

        assertError(
                last("{\"id\":1,\"command\":\"resolve\",\"campaign\":\"/campaign.yaml\"}"),
                "model_not_found",
                "pop-art-cats: There is no model.\npop-art-birds: There is no model.\nwoodcut: There is no model.");
    }

    @Test
    void generatesASliceWithFilesElsewhere() {
        List<JsonObject> events = events(
                "{\"id\":2,\"command\":\"generate\",\"request\":{},\"only\":\"1-2\",\"folder\":\"slice\","
                        + "\"files\":{\"/in/reference.png\":\"/local/0\"},\"inversion\":\"/local/1\"}",
                "{\"id\":3,\"command\":\"generate\",\"request\":{},\"folder\":\"/whole\"}");

        JsonObject result = events.get(2);
        assertEquals(
                "{\"id\":2,\"event\":\"result\",\"images\":[\"001.png\"],\"files\":[\"001.png\"]}", result.toString());
        assertEquals(
                Map.of(FakeSlices.INPUT, Path.of("/local/0")),
                line.slices.inputs.get(0).files());
        assertEquals(Path.of("/local/1"), line.slices.inputs.get(0).inversions());
        assertEquals(ImageSelection.of(1, 2), line.slices.outputs.get(0).only());
        assertEquals(Path.of("/home/user/slice"), line.slices.outputs.get(0).folder());
        assertNull(line.slices.outputs.get(1).only());
        assertNull(line.slices.inputs.get(1).inversions());
        assertTrue(line.err().contains("This model is a toy."), line.err());
    }

    /** The fake makes 21 steps at once. */
    @Test
    void reportsProgressAtMostTwiceASecond() {
        List<JsonObject> events = events("{\"id\":2,\"command\":\"generate\",\"request\":{},\"folder\":\"/whole\"}");

        assertEquals(
                "{\"id\":2,\"event\":\"progress\",\"phase\":\"generating\",\"done\":0,\"total\":20}",
                events.get(1).toString());
        assertEquals("result", events.get(2).get("event").getAsString());
    }

    @Test
    void invertsReferences() {
        JsonObject result = last("{\"id\":4,\"command\":\"invert\",\"request\":{},\"out\":\"%s\"}"
                .formatted(folder.resolve("inversion")));

        assertEquals("{\"id\":4,\"event\":\"result\",\"bytes\":8}", result.toString());
    }

    @Test
    void assemblesSlices() {
        JsonObject result = last("{\"id\":5,\"command\":\"assemble\",\"slices\":[\"/a\",\"b\"],\"folder\":\"/whole\"}");

        assertEquals("[\"000.png\"]", result.get("images").toString());
        assertEquals("[\"000.png\",\"contact-sheet.png\"]", result.get("files").toString());
        assertEquals(List.of(Path.of("/a"), Path.of("/home/user/b")), line.assembled);
    }

    @Test
    void continuesAfterBadLines() {
        List<JsonObject> events = events(
                "{\"id\":",
                "[1]",
                "",
                "{\"command\":\"resolve\"}",
                "{\"id\":7,\"command\":\"draw\"}",
                "{\"id\":8,\"command\":\"generate\",\"request\":{},\"folder\":\"/a\",\"onlly\":\"1\"}",
                "{\"id\":9,\"command\":\"generate\",\"request\":{},\"folder\":5}",
                "{\"id\":10,\"command\":\"generate\",\"request\":{},\"folder\":\"/a\",\"files\":{\"/b\":1}}",
                "{\"id\":11,\"command\":\"assemble\",\"slices\":[],\"folder\":\"/whole\"}",
                "{\"id\":12,\"command\":\"assemble\",\"slices\":[\"/a\"],\"folder\":\"/whole\"}",
                "{\"id\":13,\"command\":\"resolve\"}");

        assertTrue(events.get(1).get("id").isJsonNull());
        assertTrue(
                events.get(1).get("message").getAsString().startsWith("A line is not valid JSON: "),
                events.get(1).toString());
        assertError(events.get(2), "invalid_request", "A line is not a JSON object; each command is one.");
        assertError(events.get(3), "invalid_request", "A line is not a JSON object; each command is one.");
        assertError(events.get(4), "invalid_request", "id must be a number.");
        assertError(
                events.get(5),
                "invalid_request",
                "There is no command 'draw'; available: assemble, generate, invert, resolve.");
        assertEquals(7, events.get(5).get("id").getAsInt());
        assertError(
                events.get(6),
                "invalid_request",
                "There is no key 'onlly'; available: command, files, folder, id, inversion, only, request.");
        assertError(events.get(7), "invalid_request", "folder must be a text.");
        assertError(events.get(8), "invalid_request", "files must be a text.");
        assertError(events.get(9), "invalid_request", "slices must be a list of texts.");
        assertEquals("result", events.get(10).get("event").getAsString());
        assertError(events.get(11), "invalid_request", "Give either a campaign, or a request and its name.");
    }

    @Test
    void reportsFaultsWithTheirCodes() {
        line.slices.fault = new AtelierException(Code.OUT_OF_MEMORY, "Not enough memory.");
        String command = "{\"id\":1,\"command\":\"generate\",\"request\":{},\"folder\":\"/a\"}";
        assertError(last(command), "out_of_memory", "Not enough memory.");

        line.slices.fault = new IllegalStateException("broken");
        assertError(
                last(command),
                "internal_error",
                "Unexpected error: java.lang.IllegalStateException: broken; the log has the stack trace.");
    }

    @Test
    void refusesNoThreads() {
        assertEquals(2, line.run("worker", "--threads", "0"));

        assertEquals("atelier: The threads must be 1 or more, not 0.\n", line.err());
        assertEquals("", line.out());
    }

    /** The client keeps the input open. */
    @Test
    void endsWhenItIsStopped() throws IOException, InterruptedException {
        try (PipedOutputStream client = new PipedOutputStream();
                InputStream input = new PipedInputStream(client)) {
            line.stream = input;
            line.cancellation.request(Duration.ZERO);

            assertEquals(130, line.run("worker"));
        }
        assertFalse(line.out().contains("error"), line.out());
    }
}
