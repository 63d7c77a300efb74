package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strategies, a blend, a sampler and a metric that know {@code api} and {@code tensor} only, put into the distribution. */
@Timeout(480)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThirdPartyIT {

    private static final int MOST_LINES = 80;

    /** Measure only if a model is installed. */
    private static final Set<String> NEURAL = Set.of("clip", "dino", "inception");

    /** Rounding may move a value across the border between two levels. */
    private static final int ROUNDING = 1;

    private static final Path IMAGES =
            Path.of("../reference/fixtures").toAbsolutePath().normalize();
    private static final String FIRST =
            IMAGES.resolve("sketchbook-reference/reference.png").toString();
    private static final String SECOND = IMAGES.resolve("pictures/second.png").toString();

    private Path folder;
    private AssembledDistribution distribution;
    private Path jar;

    /** Generates most of the sets: a process for each would start for longer than it generates. */
    private RunningServer server;

    @BeforeAll
    void addABundleToTheDistribution(@TempDir Path temporary) throws Exception {
        folder = temporary;
        AssembledDistribution assembled = new AssembledDistribution();
        Path home = folder.resolve("atelier");
        distribution = assembled.copiedTo(home);
        jar = home.resolve("bundle/30/org.example.mixing-1.0.0.jar");
        new ThirdPartyBundle(assembled.home()).writeTo(jar, Files.createDirectory(folder.resolve("classes")));
        new ThirdPartyBundle(
                        assembled.home(),
                        "org.example.leavingout",
                        Path.of("src/leaving-out").toAbsolutePath())
                .writeTo(
                        home.resolve("bundle/30/org.example.leavingout-1.0.0.jar"),
                        Files.createDirectory(folder.resolve("leaving-out-classes")));
        server = RunningServer.start(distribution, folder.resolve("server"), folder.resolve("data"));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void eachIsShort() throws IOException {
        assertEquals(4, ThirdPartyBundle.sources().size());
        for (Path source : ThirdPartyBundle.sources()) {
            int lines = Files.readAllLines(source).size();
            assertTrue(lines < MOST_LINES, source.getFileName() + " has " + lines + " lines");
        }
    }

    @Test
    void importsContractsOnly() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String imports = file.getManifest().getMainAttributes().getValue("Import-Package");
            Set<String> packages = Pattern.compile("(?:^|,)([\\w.]+)(?=;|,|$)")
                    .matcher(imports.replaceAll("\"[^\"]*\"", ""))
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(
                    Set.of(
                            "ai.djl.ndarray",
                            "org.atelier.api.attention",
                            "org.atelier.api.blend",
                            "org.atelier.api.metric",
                            "org.atelier.api.sampling"),
                    packages);
        }
    }

    /** Without a share of the references it is the unaligned set, with one it is another; image 0 is their own. */
    @Test
    void generatesWithTheStrategyAndItsOption() throws Exception {
        Path unaligned = generate("attention: none");
        Path nothing = generate("attention: mixed", "attention_options: {reference-share: 0}");
        Path half = generate("attention: mixed", "attention_options: {reference-share: 0.5}");

        assertTrue(difference(unaligned, nothing, "001.png") <= ROUNDING);
        assertTrue(difference(unaligned, half, "000.png") <= ROUNDING);
        assertTrue(difference(unaligned, half, "001.png") > 50, "the strategy was not used");
        assertTrue(Files.readString(half.resolve("set.json")).contains("\"reference-share\": 0.5"));
    }

    /** Image 0 shows a house. Where its word is not in the prompt, nothing is left out: it is shared attention. */
    @Test
    void leavesTheSubjectOfTheReferenceOut() throws Exception {
        Path shared = generate("attention: shared");
        Path absent = generate("attention: leaving-out", "attention_options: {word: zeppelin}");
        Path without = generate("attention: leaving-out", "attention_options: {word: house}");

        assertTrue(difference(shared, absent, "001.png") <= ROUNDING);
        assertTrue(difference(shared, without, "000.png") <= ROUNDING);
        assertTrue(difference(shared, without, "001.png") > 10, "nothing was left out");
    }

    @Test
    void checksTheOptionByItsMetatype() throws Exception {
        Run run =
                run("refused", "generate", "a fish", "--attention", "mixed", "--attention-option", "reference-share=2");

        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("reference-share"), run.err());
    }

    /** Three quarters of one image and a quarter of another: the first, as if both were it. */
    @Test
    void generatesWithTheBlendAndItsOption() throws Exception {
        Path heaviest = generate(references(FIRST, SECOND), "blend: heaviest");
        Path lighter = generate(references(SECOND, FIRST), "blend: heaviest", "blend_options: {heavier: 1}");
        Path same = generate(references(FIRST, FIRST), "blend: linear");
        Path mixed = generate(references(FIRST, SECOND), "blend: linear");

        assertTrue(difference(same, heaviest, "001.png") <= ROUNDING);
        assertTrue(difference(same, lighter, "001.png") <= ROUNDING);
        assertTrue(Files.readString(lighter.resolve("set.json")).contains("\"heavier\": 1"));
        assertTrue(difference(mixed, heaviest, "001.png") > 10, "the blend was not used");
    }

    /** Without new noise it is Euler's method, with some it is another set, and always the same one. */
    @Test
    void generatesWithTheSamplerAndItsOption() throws Exception {
        Path euler = generate("sampler: euler");
        Path still = generate("sampler: euler-ancestral", "sampler_options: {eta: 0}");
        Path noisy = generate("sampler: euler-ancestral");
        Path again = generate("sampler: euler-ancestral", "sampler_options: {eta: 1}");

        assertTrue(difference(euler, still, "001.png") <= ROUNDING);
        assertTrue(difference(euler, noisy, "001.png") > 10, "no noise was added");
        assertEquals(0, difference(noisy, again, "001.png"));
        assertTrue(Files.readString(still.resolve("set.json")).contains("\"eta\": 0.0"));
    }

    @Test
    void measuresWithTheMetric() throws Exception {
        Path set = generate("attention: shared");
        Run run = run("measured", "evaluate", "set", set.toString(), "--json");

        assertEquals(0, run.exitCode(), run.err());
        List<String> metrics =
                JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("measurements").asList().stream()
                        .map(measurement ->
                                measurement.getAsJsonObject().get("metric").getAsString())
                        .filter(metric -> !NEURAL.contains(metric))
                        .toList();
        assertEquals(List.of("lightness", "palette", "palette", "texture", "texture"), metrics);
    }

    private Path generate(String... fields) throws Exception {
        String request = """
                items: [a house, a fish]
                style: pop art
                seed: 3
                steps: 4
                width: 64
                height: 64
                """ + String.join("\n", fields);
        HttpResponse<String> answer = server.post("/sets", request);
        assertEquals(202, answer.statusCode(), answer.body());
        String id = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .get("id")
                .getAsString();
        server.follow(id, RunningServer::isComplete);
        return folder.resolve("data/sets").resolve(id);
    }

    /** Three quarters of the first image and a quarter of the second. */
    private static String references(String first, String second) {
        return """
                references:
                - {file: '%s', prompt: a lighthouse, weight: 3}
                - {file: '%s', prompt: a house, weight: 1}""".formatted(first, second);
    }

    private Run run(String name, String... words) throws IOException {
        return distribution.begin(folder.resolve(name), words);
    }

    /** The furthest that any value of an image lies from the same of another, in levels of 255. */
    private static int difference(Path one, Path other, String name) throws IOException {
        int[] levels = levels(one.resolve(name));
        int[] others = levels(other.resolve(name));
        int furthest = 0;
        for (int i = 0; i < levels.length; i++) {
            furthest = Math.max(furthest, Math.abs(levels[i] - others[i]));
        }
        return furthest;
    }

    private static int[] levels(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }
}
