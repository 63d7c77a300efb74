package org.atelier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs in local mode, with processes that only pretend to generate images. */
class SparkJobTest {

    @TempDir
    private Path folder;

    private Path home;
    private Path out;
    private FakeCampaign campaign;
    private String printed = "";

    @BeforeEach
    void createDistribution() throws IOException {
        home = FakeDistribution.create(Files.createDirectories(folder.resolve("home")));
        out = folder.resolve("out of the job");
        campaign = new FakeCampaign(folder);
    }

    @Test
    void setsAreDividedInvertedOnceAndAssembled() throws Exception {
        Path reference = Files.writeString(folder.resolve("reference.png"), "a reference");
        campaign.addPrompts("prompts", 6, 10);
        campaign.addReference("one reference", 2, 20, reference, sha256(reference));
        campaign.addReference("same-reference", 2, 30, reference, sha256(reference));

        assertEquals(0, run("local[2]", "--images-per-slice", "2", "--threads", "3"), printed);

        assertEquals(
                List.of(
                        "000.png",
                        "001.png",
                        "002.png",
                        "003.png",
                        "004.png",
                        "005.png",
                        "contact-sheet.png",
                        "set.json"),
                LocalFolder.files(out.resolve("prompts")));
        assertEquals("image 5 of seed 10, [], none, 3 threads", Files.readString(out.resolve("prompts/005.png")));
        assertEquals(
                "image 1 of seed 30, [a reference], inversion of [a reference], 3 threads",
                Files.readString(out.resolve("same-reference/001.png")));
        List<String> commands = commands();
        assertEquals(
                List.of("invert"), commands.stream().filter("invert"::equals).toList());
        assertEquals(
                List.of("generate 10 0-1", "generate 10 2-3", "generate 10 4-5", "generate 20 0-1", "generate 30 0-1"),
                commands.stream()
                        .filter(line -> line.startsWith("generate"))
                        .sorted()
                        .toList());
        long processes = Files.readAllLines(campaign.log()).stream()
                .map(line -> line.split(" ")[0])
                .distinct()
                .count();
        assertTrue(processes <= 2, processes + " processes for two slots");
        assertEquals(List.of("plan.json"), children(out.resolve(".atelier")));
        JsonNode record = Json.parse(Files.readString(out.resolve("batch.json")));
        assertEquals(3, record.path("threads").asInt());
        assertEquals(
                "[{\"name\":\"prompts\",\"state\":\"complete\",\"seed\":10,\"images\":6},"
                        + "{\"name\":\"one reference\",\"state\":\"complete\",\"seed\":20,\"images\":2},"
                        + "{\"name\":\"same-reference\",\"state\":\"complete\",\"seed\":30,\"images\":2}]",
                Json.line(record.path("sets")));
        assertTrue(printed.contains("10 of 10 images, 3 of 3 sets"), printed);
    }

    @Test
    void assembledSetEqualsOneThatIsGeneratedWhole() throws Exception {
        campaign.addPrompts("set", 5, 1);
        run("local[2]", "--images-per-slice", "2");
        Path divided = out;
        out = folder.resolve("whole");

        run("local[2]", "--images-per-slice", "5");

        assertEquals(LocalFolder.files(out.resolve("set")), LocalFolder.files(divided.resolve("set")));
        for (String file : LocalFolder.files(out.resolve("set"))) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            out.resolve("set").resolve(file),
                            divided.resolve("set").resolve(file)),
                    file);
        }
        assertTrue(commands().contains("generate 1 0-4"), commands().toString());
    }

    @Test
    void processThatDiesIsReplacedAndTheSliceRepeated() throws Exception {
        campaign.addPrompts("set", 4, 1)
                .put("die_at", 2)
                .put("once", folder.resolve("died").toString());

        assertEquals(0, run("local[2,2]", "--images-per-slice", "2"), printed);

        assertEquals(
                List.of("generate 1 0-1", "generate 1 2-3", "generate 1 2-3"),
                commands().stream().sorted().toList());
        assertTrue(printed.contains("4 of 4 images"), printed);
    }

    @Test
    void processThatDiesAgainAndAgainFailsItsSetOnly() throws Exception {
        campaign.addPrompts("bad", 4, 1).put("die_at", 2);
        campaign.addPrompts("good", 2, 7);

        assertEquals(5, run("local[2,2]", "--images-per-slice", "2"), printed);

        JsonNode sets = record();
        assertEquals("failed", sets.path(0).path("state").asText());
        assertEquals("engine_failed", sets.path(0).path("code").asText());
        assertEquals(
                "The worker process ended with status 137; its last message: no memory left. Spark has repeated the task without success.",
                sets.path(0).path("error").asText());
        assertEquals("complete", sets.path(1).path("state").asText());
        assertTrue(Files.exists(out.resolve("good/set.json")));
        assertFalse(Files.exists(out.resolve("bad/set.json")));
    }

    @Test
    void imageThatFailsIsOneRecordAndTheSameCommandGeneratesTheRest() throws Exception {
        campaign.addPrompts("bad", 6, 1)
                .put("fail_at", 3)
                .put("once", folder.resolve("failed").toString());
        campaign.addPrompts("good", 2, 7);

        assertEquals(5, run("local[2]", "--images-per-slice", "2"), printed);

        assertEquals(
                "{\"name\":\"bad\",\"state\":\"failed\",\"seed\":1,\"code\":\"out_of_memory\",\"error\":\"Image 3 needs more memory.\"}",
                Json.line(record().path(0)));
        assertEquals("complete", record().path(1).path("state").asText());
        assertTrue(printed.contains("error: bad: Image 3 needs more memory."), printed);
        Files.delete(campaign.log());

        assertEquals(0, run("local[2]", "--images-per-slice", "2"), printed);

        assertEquals(List.of("generate 1 2-3"), commands());
        assertEquals("complete", record().path(0).path("state").asText());
        assertTrue(Files.exists(out.resolve("bad/contact-sheet.png")));
        Files.delete(campaign.log());

        assertEquals(0, run("local[2]", "--images-per-slice", "2"), printed);

        assertFalse(Files.exists(campaign.log()), "complete sets are skipped");
    }

    @Test
    void continuedSetKeepsItsFirstSeedAndSlices() throws Exception {
        campaign.addPrompts("set", 4, 111)
                .put("fail_at", 0)
                .put("once", folder.resolve("failed").toString());
        assertEquals(5, run("local[2]", "--images-per-slice", "2"), printed);
        // The campaign gives no seed, so that the next run resolves it with another one.
        campaign = new FakeCampaign(folder);
        campaign.addPrompts("set", 4, 222);
        Files.delete(campaign.log());

        assertEquals(0, run("local[2]", "--images-per-slice", "4"), printed);

        assertEquals(List.of("generate 111 0-1"), commands());
        assertEquals(111, record().path(0).path("seed").asInt());
    }

    @Test
    void changesAreRefusedByNameBeforeWork() throws Exception {
        Path reference = Files.writeString(folder.resolve("reference.png"), "a reference");
        campaign.addReference("stays", 1, 20, reference, sha256(reference)).put("fail_at", 0);
        campaign.addPrompts("changes", 2, 1);
        run("local[2]");
        Files.delete(campaign.log());

        assertEquals(4, run("local[2]", "--threads", "2"));
        assertTrue(printed.contains("was started with 1 threads"), printed);

        campaign.changeGiven();
        assertEquals(4, run("local[2]"));
        assertTrue(printed.contains("/changes has a set of another request"), printed);
        assertFalse(printed.contains("/stays has"), printed);

        campaign = new FakeCampaign(folder);
        campaign.addReference("stays", 1, 20, reference, "irrelevant");
        Files.writeString(reference, "another picture");
        assertEquals(2, run("local[2]"));
        assertTrue(printed.contains("reference.png has changed since this batch was started"), printed);
        assertFalse(Files.exists(campaign.log()));
    }

    @Test
    void faultsOfTheCampaignAndOfTheDistributionEndTheJobBeforeWork() throws Exception {
        Path faulty = Files.writeString(folder.resolve("faulty.json"), "{\"fault\":\"one\\ntwo\"}");
        assertEquals(2, run(faulty, "local[1]"));
        assertEquals("error: one\nerror: two\n", printed);

        Path broken = FakeDistribution.create(folder.resolve("broken"), "echo 'no java' >&2; exit 70");
        home = broken;
        assertEquals(5, run(faulty, "local[1]"));
        assertEquals("error: The worker process ended with status 70; its last message: no java\n", printed);

        home = folder.resolve("nowhere");
        Files.createDirectories(out.resolve(".atelier"));
        Files.writeString(out.resolve(".atelier/plan.json"), "{");
        assertEquals(4, run(faulty, "local[1]"));
        assertTrue(printed.contains("plan.json: damaged, or written by another version"), printed);
        Files.delete(out.resolve(".atelier/plan.json"));

        assertEquals(5, run(faulty, "local[1]"));
        assertTrue(printed.contains("nowhere has no bin/atelier"), printed);
        assertEquals(List.of(), LocalFolder.files(out));
    }

    private int run(String master, String... options) throws IOException {
        return run(campaign.write(), master, options);
    }

    private int run(Path file, String master, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(file.toString(), "--out", out.toString(), "--home", home.toString()));
        arguments.addAll(Arrays.asList(options));
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.local.dir", folder.resolve("local").toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new SparkJob(print, print).run(arguments.toArray(String[]::new), conf);
        printed = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private JsonNode record() throws IOException {
        return Json.parse(Files.readString(out.resolve("batch.json"))).path("sets");
    }

    /** The commands that generate or invert, without the numbers of their processes. */
    private List<String> commands() throws IOException {
        return Files.readAllLines(campaign.log()).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private static List<String> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
