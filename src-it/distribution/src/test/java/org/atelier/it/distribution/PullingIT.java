package org.atelier.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atelier.it.distribution.AssembledDistribution.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a set needs besides the model that generates it is fetched when the user says so, and never otherwise. */
@Timeout(300)
class PullingIT {

    private static final Path FIXTURES = Path.of(System.getProperty("atelier.fixtures"));
    private static final String GENERATING = FIXTURES.resolve("captions/01.png").toString();

    @TempDir
    private Path folder;

    private AssembledDistribution distribution;
    private FolderHub hub;

    @BeforeEach
    void fillAHub() throws IOException {
        distribution = new AssembledDistribution().copiedTo(folder.resolve("atelier"));
        Files.writeString(
                distribution.home().resolve("config/org.atelier.context.summary.cfg"), "model = org/summary\n");
        Path models = distribution.home().resolve("models");
        hub = new FolderHub(Map.of(
                "org/words", models.resolve("sketchbook-caption"),
                "org/edges", models.resolve("sketchbook-canny"),
                "org/summary", FIXTURES.resolve("tiny-t5"),
                "org/depth", FIXTURES.resolve("depth/tiny-dpt-large")));
    }

    @AfterEach
    void closeTheHub() {
        hub.close();
    }

    @Test
    void aSetFetchesWhatItsContextsSummaryAndControlsNeed() throws Exception {
        String[] set = {
            "generate",
            "a castle",
            "a boat",
            "--picture",
            GENERATING,
            "--context-option",
            "picture.model=org/words",
            "--summary",
            "always",
            "--control",
            "canny=" + GENERATING,
            "--control-model",
            "org/edges",
            "--seed",
            "3",
            "--steps",
            "2",
            "--size",
            "64x64",
            "--out",
            "set"
        };

        Run refused = begin("refused", set);
        assertEquals(3, refused.exitCode(), refused.err());
        for (String missing : List.of("org/words", "org/summary", "org/edges")) {
            assertTrue(refused.err().contains("atelier models pull " + missing), refused.err());
        }
        assertEquals(List.of(), hub.requested());

        Run fetched = begin(
                "fetched", Stream.concat(Stream.of(set), Stream.of("--pull")).toArray(String[]::new));
        assertEquals(0, fetched.exitCode(), fetched.err());
        assertEquals(List.of("org/words", "org/summary", "org/edges"), hub.requested());

        Run again = begin("again", set);
        assertEquals(0, again.exitCode(), again.err());
        assertEquals(List.of(), hub.requested());
        assertEquals(-1, Files.mismatch(folder.resolve("fetched/set/set.json"), folder.resolve("again/set/set.json")));
    }

    @Test
    void aDescriptionAndAControlImageFetchTheirs() throws Exception {
        String[] describe = {
            "describe", "--picture", GENERATING, "--context-option", "picture.model=org/words", "--pull"
        };
        Run described = begin("described", describe);
        assertEquals(0, described.exitCode(), described.err());
        assertTrue(described.out().contains("source: org/words"), described.out());
        assertEquals(List.of("org/words"), hub.requested());

        Run prepared = begin(
                "prepared",
                "preprocess",
                "depth",
                GENERATING,
                "--out",
                "depth.png",
                "--control-option",
                "depth.model=org/depth",
                "--pull");
        assertEquals(0, prepared.exitCode(), prepared.err());
        assertTrue(Files.exists(folder.resolve("prepared/depth.png")));
        assertEquals(List.of("org/depth"), hub.requested());
    }

    private Run begin(String name, String... words) throws IOException {
        Map<String, String> cache = Map.of(
                "HF_ENDPOINT", hub.endpoint(),
                "HF_HUB_OFFLINE", "0",
                "HF_HUB_CACHE", folder.resolve("cache").toString());
        return distribution.begin(folder.resolve(name), cache, words);
    }
}
