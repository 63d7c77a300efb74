package org.atelier.it.attention.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectedAttentionBundleIT {

    @Test
    void isRegisteredByName(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.attention.injection")) {
            assertEquals("REFERENCES", framework.inside(StrategyProbe.class));
        }
    }
}
