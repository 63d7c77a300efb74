package org.atelier.it.studio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudioBundleIT {

    @Test
    void offersWhatAFrontDoorNeeds(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.snakeyaml.engine",
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.diffusion",
                "org.atelier.plugins",
                "org.atelier.requests",
                "org.atelier.studio")) {
            assertTrue(framework.offers("org.atelier.api.set.Studio", null));
            assertTrue(framework.offers("org.atelier.api.set.RequestFormat", null));
            assertTrue(framework.offers("org.atelier.api.set.PictureInspector", null));
        }
    }
}
