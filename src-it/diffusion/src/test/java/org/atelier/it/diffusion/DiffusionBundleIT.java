package org.atelier.it.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class DiffusionBundleIT {

    @Test
    void startsWithOnlyItsDependencies(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.diffusion")) {
            assertEquals(
                    Bundle.ACTIVE, framework.bundle("org.atelier.diffusion").getState());
        }
    }
}
