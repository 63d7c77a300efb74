package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class DistributionIT {

    private static final int CANNOT_START = 70;
    private static final int INTERRUPTED = 130;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    @Test
    void drawsASetIntoAFolderOfTheCallersFolder() throws Exception {
        Run run = draw("one");

        assertEquals(0, run.exitCode(), run.err());
        assertSetOfTwo(folder.resolve("one/pictures"));
        assertTrue(run.out().strip().endsWith("pictures"), run.out());
    }

    @Test
    void drawsTwoSetsAtOnce() throws Exception {
        Run one = draw("one");
        Run other = draw("other");

        assertEquals(0, one.exitCode(), one.err());
        assertEquals(0, other.exitCode(), other.err());
        assertSetOfTwo(folder.resolve("one/pictures"));
        assertSetOfTwo(folder.resolve("other/pictures"));
    }

    @Test
    void tellsOfItselfWithoutAnEngine() throws Exception {
        Run run = distribution.begin(folder, "--help");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("generate"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void leavesNoPartialFileWhenInterrupted() throws Exception {
        Path pictures = folder.resolve("pictures");
        Run run = distribution.begin(
                folder, "generate", "a house", "a fish", "--steps", "900", "--out", pictures.toString());
        run.goesOnUntil(() -> Files.isDirectory(pictures));

        run.interrupt();

        assertEquals(INTERRUPTED, run.exitCode());
        for (Path file : files(pictures)) {
            assertNotNull(ImageIO.read(file.toFile()), file + " is no whole picture");
        }
    }

    @Test
    void saysInOneLineWhichBundleIsMissing() throws Exception {
        AssembledDistribution incomplete = withoutBundle("org.atelier.models");

        Run run = incomplete.begin(folder.resolve("caller"), "--help");

        assertEquals(CANNOT_START, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("org.atelier.models"), run.err());
        assertEquals("", run.out());
    }

    private Run draw(String caller) throws IOException {
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
                "pictures");
    }

    private static void assertSetOfTwo(Path pictures) throws IOException {
        assertEquals(
                List.of("000.png", "001.png", "contact-sheet.png", "set.json"),
                files(pictures).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        BufferedImage picture = ImageIO.read(pictures.resolve("001.png").toFile());
        assertEquals(128, picture.getWidth());
        assertEquals(128, picture.getHeight());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** The same distribution by links, less one bundle. */
    private AssembledDistribution withoutBundle(String symbolicName) throws IOException {
        Path home = Files.createDirectories(folder.resolve("incomplete"));
        for (String part : List.of("lib", "config", "models")) {
            Files.createSymbolicLink(home.resolve(part), distribution.home().resolve(part));
        }
        Files.createDirectory(home.resolve("bin"));
        Files.copy(distribution.home().resolve("bin/atelier"), home.resolve("bin/atelier"));
        for (Path level : files(distribution.home().resolve("bundle"))) {
            Path links = Files.createDirectories(home.resolve("bundle").resolve(level.getFileName()));
            for (Path bundle : files(level)) {
                if (!bundle.getFileName().toString().startsWith(symbolicName + "-")) {
                    Files.createSymbolicLink(links.resolve(bundle.getFileName()), bundle);
                }
            }
        }
        return new AssembledDistribution(home);
    }
}
