package org.atelier.it.attention.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.it.harness.StrategyProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedAttentionBundleIT {

    @Test
    void isRegisteredByName(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.attention.shared")) {
            assertEquals(Map.of("shared", "REFERENCES"), framework.inside(StrategyProbe.class));
            assertEquals(
                    """
                    subtle: score-scale=1.0, score-shift=%s, level=0.25
                    normal: score-scale=1.0, score-shift=0.0, level=0.0
                    strong: score-scale=1.0, score-shift=%s, level=0.0
                    famous: score-scale=0.5, score-shift=0.0, level=0.0
                    with references
                    subtle: score-scale=1.0, score-shift=0.0, level=0.25
                    normal: score-scale=1.0, score-shift=%s, level=0.0
                    strong: score-scale=1.0, score-shift=%s, level=0.0
                    with panoramas
                    share-group-norm=true""".formatted(-Math.log(2), Math.log(2), Math.log(2), 2 * Math.log(2)),
                    framework.inside(StrengthProbe.class));
        }
    }
}
