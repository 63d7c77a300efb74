package org.atelier.it.blend.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.it.harness.BlendProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearBlendBundleIT {

    @Test
    void isFoundByName(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.blend.linear")) {
            assertEquals(Map.of("linear", "(1.5000, 2.0000)"), framework.inside(BlendProbe.class));
        }
    }
}
