package org.atelier.it.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBundleIT {

    @Test
    void runsKernelsInAFramework(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.tensor")) {
            assertArrayEquals(new float[] {0f, -1f, 0f, 1f, 2f, 0f}, framework.inside(KernelsProbe.class));
        }
    }
}
