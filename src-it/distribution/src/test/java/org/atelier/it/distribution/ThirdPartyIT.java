package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
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

    @BeforeAll
    void addABundleToTheDistribution(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path assembled = new AssembledDistribution().home();
        Path home = folder.resolve("atelier");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("bundle/30"));
        Files.copy(assembled.resolve("bin/atelier"), home.resolve("bin/atelier"));
        assertTrue(home.resolve("bin/atelier").toFile().setExecutable(true));
        for (String same : List.of("lib", "config", "models", "bundle/05", "bundle/10", "bundle/20")) {
            Files.createSymbolicLink(home.resolve(same), assembled.resolve(same));
        }
        for (Path bundle : files(assembled.resolve("bundle/30"))) {
            Files.copy(
                    bundle,
                    home.resolve("bundle/30").resolve(bundle.getFileName().toString()));
        }
        jar = home.resolve("bundle/30/org.example.mixing-1.0.0.jar");
        new ThirdPartyBundle(assembled).writeTo(jar, Files.createDirectory(folder.resolve("classes")));
        new ThirdPartyBundle(
                        assembled,
                        "org.example.leavingout",
                        Path.of("src/leaving-out").toAbsolutePath())
                .writeTo(
                        home.resolve("bundle/30/org.example.leavingout-1.0.0.jar"),
                        Files.createDirectory(folder.resolve("leaving-out-classes")));
        distribution = new AssembledDistribution(home);
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
        Path unaligned = generate("unaligned", "--attention", "none");
        Path nothing = generate("nothing", "--attention", "mixed", "--attention-option", "reference-share=0");
        Path half = generate("half", "--attention", "mixed", "--attention-option", "reference-share=0.5");

        assertTrue(difference(unaligned, nothing, "001.png") <= ROUNDING);
        assertTrue(difference(unaligned, half, "000.png") <= ROUNDING);
        assertTrue(difference(unaligned, half, "001.png") > 50, "the strategy was not used");
        assertTrue(Files.readString(half.resolve("set.json")).contains("\"reference-share\": 0.5"));
    }

    /** Image 0 shows a house. Where its word is not in the prompt, nothing is left out: it is shared attention. */
    @Test
    void leavesTheSubjectOfTheReferenceOut() throws Exception {
        Path shared = generate("shared", "--attention", "shared");
        Path absent = generate("absent", "--attention", "leaving-out", "--attention-option", "word=zeppelin");
        Path without = generate("without", "--attention", "leaving-out", "--attention-option", "word=house");

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
        Path heaviest = generateFrom(FIRST, SECOND, "heaviest", "heaviest");
        Path lighter = generateFrom(SECOND, FIRST, "heaviest", "lighter", "--blend-option", "heavier=1");
        Path same = generateFrom(FIRST, FIRST, "linear", "same");
        Path mixed = generateFrom(FIRST, SECOND, "linear", "mixed");

        assertTrue(difference(same, heaviest, "001.png") <= ROUNDING);
        assertTrue(difference(same, lighter, "001.png") <= ROUNDING);
        assertTrue(Files.readString(lighter.resolve("set.json")).contains("\"heavier\": 1"));
        assertTrue(difference(mixed, heaviest, "001.png") > 10, "the blend was not used");
    }

    /** Without new noise it is Euler's method, with some it is another set, and always the same one. */
    @Test
    void generatesWithTheSamplerAndItsOption() throws Exception {
        Path euler = generate("euler", "--sampler", "euler");
        Path still = generate("still", "--sampler", "euler-ancestral", "--sampler-option", "eta=0");
        Path noisy = generate("noisy", "--sampler", "euler-ancestral");
        Path again = generate("again", "--sampler", "euler-ancestral", "--sampler-option", "eta=1");

        assertTrue(difference(euler, still, "001.png") <= ROUNDING);
        assertTrue(difference(euler, noisy, "001.png") > 10, "no noise was added");
        assertEquals(0, difference(noisy, again, "001.png"));
        assertTrue(Files.readString(still.resolve("set.json")).contains("\"eta\": 0.0"));
    }

    @Test
    void measuresWithTheMetric() throws Exception {
        Run run = run(
                "measured",
                "evaluate",
                "ablation",
                "a fish",
                "a cup",
                "--style",
                "pop art",
                "--seed",
                "1",
                "--steps",
                "2",
                "--out",
                "set");

        assertEquals(0, run.exitCode(), run.err());
        Path set = folder.resolve("measured/set");
        String record = Files.readString(set.resolve("evaluation.json"));
        List<String> metrics = Pattern.compile("\"metric\": \"(\\w+)\",\\s+\"measurement\": \"\\w+\",\\s+\"title\"")
                .matcher(record)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(List.of("lightness", "palette", "palette", "texture", "texture"), metrics);
        assertTrue(run.out().contains("Lightness, all pairs"), run.out());
        assertTrue(Files.readString(set.resolve("report.html")).contains("Lightness, all pairs"));
        assertTrue(Files.exists(set.resolve("seed-1/full-sharing/set.json")));
    }

    private Path generate(String name, String... options) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("generate", "a house", "a fish", "--style", "pop art", "--seed", "3", "--steps", "4"));
        words.addAll(List.of("--out", "set"));
        Collections.addAll(words, options);
        Run run = run(name, words.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        return folder.resolve(name).resolve("set");
    }

    private Path generateFrom(String first, String second, String blend, String name, String... options)
            throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "--reference",
                first + "=3",
                "--reference",
                second + "=1",
                "--reference-prompt",
                "a lighthouse",
                "--reference-prompt",
                "a house",
                "--blend",
                blend));
        Collections.addAll(words, options);
        return generate(name, words.toArray(String[]::new));
    }

    private Run run(String name, String... words) throws IOException {
        return distribution.begin(folder.resolve(name), words);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
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
