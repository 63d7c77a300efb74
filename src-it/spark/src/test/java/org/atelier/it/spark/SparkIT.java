package org.atelier.it.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sets that a cluster generates have the bytes of {@code atelier batch}, whatever is killed meanwhile. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SparkIT {

    private static final String CAMPAIGN = """
            base: {width: 64, height: 64, steps: 5, chunk: 1, seed: 5}
            sets:
              - name: prompts
                style: pop art
                items: [a house, a fish, a cat, a boat, a star, a cup]
              - name: reference
                references: [{file: reference.png, prompt: "a lighthouse, stained glass"}]
                items: [a fish, a cat]
              - name: all files
                references: [{file: reference.png, prompt: "a lighthouse, stained glass"}]
                items: [{prompt: a boat, init_image: reference.png, mask: mask.png}]
                controls: [{kind: canny, file: reference.png}]
                loras: [{lora: ./chalk.safetensors, unet: 0.8}]
            """;

    /** Processes and jars. */
    @TempDir
    private static Path folder;

    private static SparkInstallation spark;

    @BeforeAll
    static void generateWithoutSpark() throws Exception {
        spark = SparkInstallation.create(folder.resolve("spark"));
        Files.copy(
                Path.of(System.getProperty("atelier.fixtures"), "sketchbook-reference/reference.png"),
                folder.resolve("reference.png"));
        Files.copy(
                Path.of(distribution(), "models/loras/sketchbook-chalk.safetensors"),
                folder.resolve("chalk.safetensors"));
        BufferedImage mask = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        mask.createGraphics().fillRect(16, 16, 32, 32);
        ImageIO.write(mask, "png", folder.resolve("mask.png").toFile());
        Files.writeString(folder.resolve("campaign.yaml"), CAMPAIGN);
        try (StartedProcess batch = StartedProcess.start(
                List.of(distribution() + "/bin/atelier", "batch", "campaign.yaml", "--out", "expected"),
                Map.of("OMP_NUM_THREADS", "1"),
                folder.resolve("batch.log"))) {
            assertEquals(0, batch.exitCode(), batch.printed());
        }
    }

    @Test
    void workerProcessThatIsKilledIsReplaced() throws Exception {
        String archive = System.getProperty("atelier.archive") + "#atelier";
        List<String> options = List.of("--master", "local-cluster[2,1,1024]", "--archives", archive);
        try (StartedProcess job = submit(options, "killed-worker", List.of())) {
            awaitFirstSlice(job, "killed-worker");

            job.descendants("worker").forEach(ProcessHandle::destroyForcibly);

            assertEquals(0, job.exitCode(), job.printed());
            assertTrue(job.printed().contains("The worker process ended with status 137"), job.printed());
        }
        assertSameFiles("killed-worker");
    }

    @Test
    void executorThatIsKilledOnAStandaloneClusterIsReplaced() throws Exception {
        List<StartedProcess> daemons = new ArrayList<>();
        try {
            String master = spark.startMaster(daemons);
            StartedProcess first = spark.startWorker(master, "first", daemons);
            spark.startWorker(master, "second", daemons);
            List<String> options = List.of("--master", master, "--executor-memory", "512m");
            try (StartedProcess job = submit(options, "killed-executor", List.of("--home", distribution()))) {
                awaitFirstSlice(job, "killed-executor");

                first.descendants("org.apache.spark.executor.CoarseGrainedExecutorBackend")
                        .forEach(ProcessHandle::destroyForcibly);

                assertEquals(0, job.exitCode(), job.printed());
                assertTrue(job.printed().contains("Lost executor"), job.printed());
            }
        } finally {
            daemons.forEach(StartedProcess::close);
        }
        assertSameFiles("killed-executor");
    }

    private static String distribution() {
        return System.getProperty("atelier.distribution");
    }

    /**
     * Submits the job.
     *
     * @param options of spark-submit
     * @param out the folder of the batch
     * @param more options of the job
     */
    private static StartedProcess submit(List<String> options, String out, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                System.getProperty("atelier.job"),
                "campaign.yaml",
                "--out",
                folder.resolve(out).toString(),
                "--images-per-slice",
                "2"));
        arguments.addAll(more);
        return spark.submit(arguments, folder.resolve(out + ".log"));
    }

    /** Waits until a slice is stored, while others are generated. */
    private static void awaitFirstSlice(StartedProcess job, String out) throws Exception {
        Path records = folder.resolve(out).resolve(".atelier/slices/prompts");
        job.awaitWhileRunning(() -> Files.isDirectory(records));
    }

    private static void assertSameFiles(String out) throws IOException {
        for (String set : List.of("prompts", "reference", "all files")) {
            Path expected = folder.resolve("expected").resolve(set);
            Path actual = folder.resolve(out).resolve(set);
            assertEquals(files(expected), files(actual));
            for (String file : files(expected)) {
                assertEquals(
                        -1,
                        Files.mismatch(expected.resolve(file), actual.resolve(file)),
                        actual.resolve(file)::toString);
            }
        }
        assertEquals(List.of("plan.json"), files(folder.resolve(out).resolve(".atelier")));
        JsonNode record = new ObjectMapper()
                .readTree(folder.resolve(out).resolve("batch.json").toFile());
        assertEquals(1, record.path("threads").asInt());
        assertEquals(
                new ObjectMapper()
                        .readTree(folder.resolve("expected/batch.json").toFile())
                        .path("sets"),
                record.path("sets"));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
