package org.atelier.it.attention.full;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.it.harness.StrategyProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullSharingBundleIT {

    @Test
    void isRegisteredByName(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.attention.full")) {
            assertEquals(Map.of("full", "SET"), framework.inside(StrategyProbe.class));
        }
    }
}
