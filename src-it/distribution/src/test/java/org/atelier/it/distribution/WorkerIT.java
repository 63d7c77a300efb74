package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.atelier.it.harness.FolderHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program divides a campaign between worker processes; all files are those that the campaign's batch writes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WorkerIT {

    private static final String CAMPAIGN = """
            base: {width: 64, height: 64, steps: 4, chunk: 2, style: pop art}
            sets:
              - {name: prompts, items: [a fish, a cat, a boat], seed: 1}
              - name: referenced
                items: [a fish, a cup]
                references: [{file: reference.png, prompt: a lighthouse}]
                seed: 2
            """;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    private static JsonObject command(String name) {
        JsonObject command = new JsonObject();
        command.addProperty("command", name);
        return command;
    }

    private static JsonObject result(JsonObject event) {
        assertEquals("result", event.get("event").getAsString(), event.toString());
        return event;
    }

    private static void assertError(JsonObject event, String code, String message) {
        assertEquals("error", event.get("event").getAsString(), event.toString());
        assertEquals(code, event.get("code").getAsString());
        assertEquals(message, event.get("message").getAsString());
    }

    private void writeCampaign() throws Exception {
        Files.writeString(folder.resolve("campaign.yaml"), CAMPAIGN);
        Path fixture = Path.of(System.getProperty("atelier.fixtures"), "sketchbook-reference/reference.png");
        Files.copy(fixture, folder.resolve("reference.png"));
    }

    private static JsonArray resolved(RunningWorker worker) throws Exception {
        JsonObject resolve = command("resolve");
        resolve.addProperty("campaign", "campaign.yaml");
        return result(worker.call(resolve)).getAsJsonArray("sets");
    }

    /** The second worker has the reference elsewhere, and does not invert it. */
    @Test
    void slicesOfTwoWorkersHaveTheBytesOfTheBatch() throws Exception {
        writeCampaign();
        Run batch = distribution.begin(folder, "batch", "campaign.yaml", "--out", "batch");
        assertEquals(0, batch.exitCode(), batch.err());
        try (RunningWorker first = new RunningWorker(distribution, folder);
                RunningWorker second = new RunningWorker(
                        distribution, Files.createDirectory(folder.resolve("second")), "--threads", "1")) {
            JsonArray sets = resolved(first);
            JsonObject prompts = sets.get(0).getAsJsonObject();
            JsonObject referenced = sets.get(1).getAsJsonObject();
            assertEquals("[\"0\",\"1-2\"]", prompts.get("chunks").toString());
            assertTrue(prompts.get("inversion").isJsonNull());
            assertEquals("[]", prompts.get("inputs").toString());
            assertEquals("[\"0\",\"1-2\"]", referenced.get("chunks").toString());
            Path reference = folder.resolve("reference.png");
            assertEquals(
                    reference.toString(),
                    referenced
                            .getAsJsonArray("inputs")
                            .get(0)
                            .getAsJsonObject()
                            .get("path")
                            .getAsString());

            JsonObject invert = command("invert");
            invert.add("request", referenced.get("request"));
            invert.addProperty("out", folder.resolve("inversion").toString());
            assertEquals(result(first.call(invert)).get("bytes").getAsLong(), Files.size(folder.resolve("inversion")));

            generate(first, prompts, "0", new JsonObject());
            generate(second, prompts, "1-2", new JsonObject());
            assemble(first, "prompts");

            Path elsewhere = Files.move(reference, folder.resolve("0"));
            JsonObject files = new JsonObject();
            files.addProperty(reference.toString(), elsewhere.toString());
            JsonObject inputs = new JsonObject();
            inputs.add("files", files);
            inputs.addProperty("inversion", folder.resolve("inversion").toString());
            generate(first, referenced, "1-2", inputs);
            generate(second, referenced, "0", inputs);
            assemble(second, "referenced");

            assertEquals(0, first.end());
            assertEquals(0, second.end());
        }
        for (String name : new String[] {"prompts", "referenced"}) {
            assertEquals(
                    FolderHashes.of(folder.resolve("batch").resolve(name), file -> true),
                    FolderHashes.of(folder.resolve("whole-" + name), file -> true));
        }
    }

    private Path slice(String name, String only) {
        return folder.resolve("slice-%s-%s".formatted(name, only));
    }

    private void generate(RunningWorker worker, JsonObject set, String only, JsonObject inputs) throws Exception {
        JsonObject generate = command("generate");
        generate.add("request", set.get("request"));
        generate.addProperty("only", only);
        generate.addProperty(
                "folder", slice(set.get("name").getAsString(), only).toString());
        inputs.entrySet().forEach(input -> generate.add(input.getKey(), input.getValue()));
        result(worker.call(generate));
    }

    private void assemble(RunningWorker worker, String name) throws Exception {
        JsonObject assemble = command("assemble");
        JsonArray slices = new JsonArray();
        slices.add(slice(name, "1-2").toString());
        slices.add(slice(name, "0").toString());
        assemble.add("slices", slices);
        assemble.addProperty("folder", folder.resolve("whole-" + name).toString());
        JsonArray files = result(worker.call(assemble)).getAsJsonArray("files");
        assertTrue(files.contains(new JsonPrimitive("contact-sheet.png")), files.toString());
    }

    @Test
    void continuesAfterFaultsAndEndsWithItsInput() throws Exception {
        writeCampaign();
        try (RunningWorker worker = new RunningWorker(distribution, folder)) {
            JsonObject bad = worker.send("{\"id\": 1, \"command\":");
            assertEquals("error", bad.get("event").getAsString());
            assertTrue(bad.get("id").isJsonNull());

            JsonElement request = resolved(worker).get(0).getAsJsonObject().get("request");
            JsonObject generate = command("generate");
            generate.add("request", request);
            generate.addProperty("only", "5");
            generate.addProperty("folder", "slice");
            assertError(
                    worker.call(generate),
                    "invalid_request",
                    "There is no image 5: the set has the images 0 to 2, 000.png to 002.png; select some of these.");
            assertTrue(Files.notExists(folder.resolve("slice")));

            Files.writeString(folder.resolve("campaign.yaml"), CAMPAIGN.replace("steps: 4", "steps: 0"));
            JsonObject resolve = command("resolve");
            resolve.addProperty("campaign", "campaign.yaml");
            assertError(
                    worker.call(resolve),
                    "invalid_request",
                    "prompts, referenced: The steps must be 1 or more, not 0.");

            assertEquals(0, worker.end());
        }
    }

    /** As a program stops a worker that waits for it. */
    @Test
    void endsWhenItIsTerminated() throws Exception {
        try (RunningWorker worker = new RunningWorker(distribution, folder)) {
            worker.process().destroy();

            assertEquals(143, worker.exitCode());
        }
    }
}
