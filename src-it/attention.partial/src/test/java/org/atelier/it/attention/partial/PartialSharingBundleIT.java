package org.atelier.it.attention.partial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialSharingBundleIT {

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.attention.shared",
                "org.atelier.attention.full",
                "org.atelier.attention.partial");
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void wrapsWhatIsInstalledAndSaysWhatItCannot() throws Exception {
        assertEquals(
                List.of(
                        "REFERENCES false [true, true, true]",
                        "SET false [false, true, false]",
                        "REFERENCES true [true, false, true]",
                        "SET false [true, false, false]",
                        "The attention 'partial' cannot be of 'mosaic'; known are full, shared.",
                        "The attention 'partial' cannot be of 'partial'; known are full, shared.",
                        "The attention 'shared' has no option 'scale'; it has adain-queries, adain-keys,"
                                + " adain-values, share-group-norm, share-layer-norm, score-scale, score-shift,"
                                + " level.",
                        "Options of 'shared' read KEY=VALUE, not 'level'.",
                        "level does not take '7'",
                        "level does not take 'much'"),
                framework.inside(PartialProbe.class));
    }

    @Test
    void theOtherLivesAsLongAsItself() throws Exception {
        assertEquals(List.of(0, 1, 0), framework.inside(LifetimeProbe.class));
    }
}
