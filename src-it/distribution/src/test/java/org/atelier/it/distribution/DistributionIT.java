package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class DistributionIT {

    private static final int CANNOT_START = 70;
    private static final int INTERRUPTED = 130;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    /** Each into a folder of its caller's folder. */
    @Test
    void generatesTwoSetsAtOnce() throws Exception {
        Run one = generate("one");
        Run other = generate("other");

        assertEquals(0, one.exitCode(), one.err());
        assertEquals(0, other.exitCode(), other.err());
        assertSetOfTwo(folder.resolve("one/images"));
        assertSetOfTwo(folder.resolve("other/images"));
        assertTrue(one.out().strip().endsWith("one/images"), one.out());
    }

    @Test
    void printsHelpWithoutAnEngine() throws Exception {
        Run run = distribution.begin(folder, "--help");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("generate"), run.out());
        assertEquals("", run.err());
    }

    /** Languages with digits of their own, with a dotless i, and with another calendar. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "tr-TR", "th-TH"})
    void writesTheSameUnderEveryLocale(String locale) throws Exception {
        String[] parts = locale.split("-");
        Run run = distribution.begin(
                folder,
                Map.of("JAVA_OPTS", "-Duser.language=" + parts[0] + " -Duser.country=" + parts[1]),
                "generate",
                "a house",
                "--seed",
                "12",
                "--cfg-scale",
                "2.5",
                "--dry-run");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("\"cfg_scale\": 2.5"), run.out());
        assertTrue((run.out() + run.err()).chars().allMatch(c -> c < 0x100), run.out() + run.err());
    }

    /** A locale that is not installed leaves Java with ASCII. */
    @Test
    void readsArgumentsInUtf8WhereTheLocaleHasNoCharacterSet() throws Exception {
        Map<String, String> absent = Map.of("LANG", "xx_YY.UTF-8", "LC_ALL", "xx_YY.UTF-8");
        Run run = distribution.begin(folder, absent, "generate", "a café", "--seed", "1", "--dry-run");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("a café"), run.out());
    }

    /** What the start script makes of the locale: a program in place of Java tells. */
    @ParameterizedTest
    @ValueSource(strings = {"xx_YY.UTF-8", "C", "POSIX", ""})
    void startsJavaInUtf8WhereTheLocaleHasNoCharacterSet(String locale) throws Exception {
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$LC_ALL\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Map<String, String> environment = Map.of(
                "LANG",
                locale,
                "LC_ALL",
                locale,
                "JAVA_HOME",
                folder.resolve("java").toString());

        Run run = distribution.begin(folder, environment, "generate", "a café", "--dry-run");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("C.UTF-8", run.out().strip());
    }

    @Test
    void leavesNothingBehindWhenInterruptedBeforeAnImageIsDone() throws Exception {
        Path images = folder.resolve("images");
        Run run = distribution.begin(
                folder, "generate", "a house", "a fish", "--steps", "900", "--out", images.toString());
        run.awaitWhileRunning(() -> Files.isDirectory(images));

        run.interrupt();

        assertEquals(INTERRUPTED, run.exitCode());
        assertTrue(Files.notExists(images), () -> "left behind in " + images);
    }

    @Test
    void reportsAMissingBundleInOneLine() throws Exception {
        AssembledDistribution incomplete = withoutNativeStacks();

        Run run = incomplete.begin(folder.resolve("caller"), "--help");

        assertEquals(CANNOT_START, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("ai.djl.ndarray"), run.err());
        assertEquals("", run.out());
    }

    private Run generate(String caller) throws IOException {
        return distribution.begin(
                folder.resolve(caller),
                "generate",
                "a house",
                "a fish",
                "--steps",
                "2",
                "--seed",
                "7",
                "--out",
                "images");
    }

    private static void assertSetOfTwo(Path images) throws IOException {
        assertEquals(
                List.of("000.png", "001.png", "contact-sheet.png", "set.json"),
                files(images).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        BufferedImage image = ImageIO.read(images.resolve("001.png").toFile());
        assertEquals(128, image.getWidth());
        assertEquals(128, image.getHeight());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** The same distribution but for {@code bundle/20} and the models, which are the large files. */
    private AssembledDistribution withoutNativeStacks() throws IOException {
        Path whole = distribution.home();
        Path incomplete = folder.resolve("incomplete");
        try (Stream<Path> parts = Files.walk(whole)) {
            for (Path part : parts.toList()) {
                if (!part.startsWith(whole.resolve("bundle/20")) && !part.startsWith(whole.resolve("models"))) {
                    Files.copy(part, incomplete.resolve(whole.relativize(part)));
                }
            }
        }
        return new AssembledDistribution(incomplete);
    }
}
