package org.atelier.it.attention.partial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialSharingBundleIT {

    @Test
    void wrapsWhatIsInstalledAndSaysWhatItCannot(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.attention.shared",
                "org.atelier.attention.full",
                "org.atelier.attention.partial")) {
            assertEquals(
                    List.of(
                            "REFERENCES false [true, true, true]",
                            "SET false [false, true, false]",
                            "REFERENCES true [true, false, true]",
                            "SET false [true, false, false]",
                            "The attention 'partial' cannot be of 'mosaic'; known are full, shared.",
                            "The attention 'partial' cannot be of 'partial'; known are full, shared.",
                            "The attention 'shared' has no option 'scale'; it has adain-keys, adain-queries,"
                                    + " adain-values, level, score-scale, score-shift, share-group-norm,"
                                    + " share-layer-norm.",
                            "Options of 'shared' read KEY=VALUE, not 'level'.",
                            "level does not take '7'",
                            "level does not take 'much'"),
                    framework.inside(PartialProbe.class));
        }
    }
}
