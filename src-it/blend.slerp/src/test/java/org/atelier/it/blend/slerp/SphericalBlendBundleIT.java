package org.atelier.it.blend.slerp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.it.harness.BlendProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SphericalBlendBundleIT {

    @Test
    void findsBothBlendsByName(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.blend.slerp")) {
            assertEquals(
                    Map.of("slerp", "(2.4749, 2.4749)", "slerp-reference", "(1.0607, 2.8284)"),
                    framework.inside(BlendProbe.class));
        }
    }
}
