package org.atelier.it.blend.slerp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SphericalBlendBundleIT {

    @Test
    void itsTwoBlendsAreFoundByTheirNames(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.blend.slerp")) {
            assertEquals("(2.4749, 2.4749) and (1.0607, 2.8284)", framework.inside(BlendProbe.class));
        }
    }
}
