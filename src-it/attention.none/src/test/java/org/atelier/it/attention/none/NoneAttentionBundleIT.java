package org.atelier.it.attention.none;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.it.harness.StrategyProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoneAttentionBundleIT {

    @Test
    void isRegisteredByName(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.attention.none")) {
            assertEquals(Map.of("none", "NONE"), framework.inside(StrategyProbe.class));
        }
    }
}
