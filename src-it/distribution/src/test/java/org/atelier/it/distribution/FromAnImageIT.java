package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets in the style of an image, generated as a user generates them. */
@Timeout(240)
@ExtendWith(SharedServer.class)
class FromAnImageIT {

    private static final Path FIXTURES =
            Path.of("../reference/fixtures/sketchbook-reference").toAbsolutePath();
    private static final String IMAGE = FIXTURES.resolve("reference.png").toString();

    /** The reference's own images differ by one level of 255 between float32 and float64. */
    private static final int LEVELS = 1;

    private final AssembledDistribution distribution = new AssembledDistribution();

    @TempDir
    private Path folder;

    /**
     * Sets only options without a default: the defaults are those of google/style-aligned's notebook. The first two of the
     * reference's images: an image does not depend on those after it.
     */
    @Test
    void generatesWhatTheReferenceGenerates() throws Exception {
        Run run = succeed(
                "generate",
                "a fish",
                "--reference",
                IMAGE,
                "--reference-prompt",
                "a turquoise lighthouse, stained glass",
                "--seed",
                "42",
                "--device",
                "cpu",
                "--out",
                "set");

        assertTrue(run.err().contains("share-group-norm=true"), run.err());
        assertTrue(run.err().contains("score-shift=0.693"), run.err());
        for (String name : List.of("000.png", "001.png")) {
            assertNear(name);
        }
    }

    @ParameterizedTest
    @CsvSource({"full, level: 0", "partial, of: full"})
    void everyImageSeesTheReferenceAndAllOthers(String attention, String option, SetServer server) throws Exception {
        server.generate(folder.resolve("set"), """
                items: [a fish, a cup]
                references: [{file: '%s', prompt: a lighthouse}]
                attention: %s
                attention_options: {%s}
                steps: 2
                width: 64
                height: 64
                """.formatted(IMAGE, attention, option));

        assertEquals(List.of("000.png", "001.png", "002.png", "contact-sheet.png", "set.json"), names("set"));
    }

    /** Partial sharing takes of what it wraps what that alone would take, and records all of it. */
    @Test
    void sharesPartiallyWithTheDefaultsOfAnImage(SetServer server) throws Exception {
        server.generate(folder.resolve("set"), """
                items: [a fish]
                references: [{file: '%s', prompt: a lighthouse}]
                attention: partial
                attention_options: {layers: [up0]}
                steps: 2
                width: 64
                height: 64
                """.formatted(IMAGE));

        String record = Files.readString(folder.resolve("set/set.json"));
        for (String option : List.of("share-group-norm=true", "score-shift=0.6931471805599453", "adain-keys=true")) {
            assertTrue(record.contains('"' + option + '"'), record);
        }
    }

    @Test
    void generatesTheSameBytesFromItsRecord(SetServer server) throws Exception {
        server.generate(folder.resolve("first"), """
                items: [a fish, a cup]
                references: [{file: '%s', prompt: a lighthouse}]
                strength: subtle
                steps: 3
                width: 64
                height: 64
                """.formatted(IMAGE));
        server.generateAgain(folder.resolve("second"), folder.resolve("first/set.json"));

        List<String> names = names("first");
        assertEquals(List.of("000.png", "001.png", "002.png", "contact-sheet.png", "set.json"), names);
        for (String name : names) {
            assertArrayEquals(bytes("first", name), bytes("second", name), name);
        }
        assertTrue(Files.readString(folder.resolve("first/set.json")).contains("\"level\": 0.25"));
    }

    @ParameterizedTest
    @CsvSource({"apart, '000-a.png,000-b.png'", "slerp, 000.png", "linear, 000.png"})
    void takesStyleFromTwoImages(String blend, String reconstructions, SetServer server) throws Exception {
        String second = FIXTURES.resolve("../pictures/second.png").normalize().toString();
        server.generate(folder.resolve("set"), """
                items: [a fish]
                references:
                - {file: '%s', prompt: a lighthouse, weight: 3}
                - {file: '%s', prompt: a house, weight: 1}
                blend: %s
                steps: 2
                width: 64
                height: 64
                """.formatted(IMAGE, second, blend));

        List<String> expected = new ArrayList<>(Arrays.asList(reconstructions.split(",")));
        expected.addAll(List.of("001.png", "contact-sheet.png", "set.json"));
        assertEquals(expected, names("set"));
        assertTrue(Files.readString(folder.resolve("set/set.json")).contains("\"weight\": 0.75"));
        if (blend.equals("apart")) {
            String inspected = succeed("inspect", "set/000-b.png").out();
            assertTrue(inspected.contains("reference 2, second.png as the model"), inspected);
        }
    }

    @Test
    void refusesInOneLineAndWritesNothing(SetServer server) throws Exception {
        Run run = distribution.begin(folder, "generate", "fish", "--out", "set", "--reference-prompt", "house");

        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("atelier: There are 1 --reference-prompt for 0 --reference"), run.err());
        assertTrue(Files.notExists(folder.resolve("set")));

        server.assertRefused(
                folder.resolve("set"),
                "items: [fish]\nreferences: [{file: '%s', prompt: house}]\nattention: none".formatted(IMAGE),
                "The attention 'none' generates every image alone");
    }

    private Run succeed(String... arguments) throws Exception {
        Run run = distribution.begin(folder, arguments);
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private void assertNear(String name) throws IOException {
        Raster wanted = ImageIO.read(FIXTURES.resolve(name).toFile()).getRaster();
        Raster found =
                ImageIO.read(folder.resolve("set").resolve(name).toFile()).getRaster();
        assertEquals(wanted.getBounds(), found.getBounds(), name);
        int[] wantedLevels = wanted.getPixels(0, 0, wanted.getWidth(), wanted.getHeight(), (int[]) null);
        int[] foundLevels = found.getPixels(0, 0, found.getWidth(), found.getHeight(), (int[]) null);
        int furthest = 0;
        for (int i = 0; i < wantedLevels.length; i++) {
            furthest = Math.max(furthest, Math.abs(wantedLevels[i] - foundLevels[i]));
        }
        assertTrue(furthest <= LEVELS, name + " is " + furthest + " levels of 255 from the reference's");
    }

    private List<String> names(String set) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(set))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private byte[] bytes(String set, String name) throws IOException {
        return Files.readAllBytes(folder.resolve(set).resolve(name));
    }
}
