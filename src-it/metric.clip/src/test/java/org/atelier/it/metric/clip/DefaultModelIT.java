package org.atelier.it.metric.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that is not named: the public one if it is installed, else the one of the distribution, by its own name. */
class DefaultModelIT {

    @Test
    void isTheFirstOfItsDefaultsThatIsInstalled(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.diffusion",
                "org.atelier.plugins",
                "org.atelier.metric.clip")) {
            assertEquals(
                    List.of("clip-vit-b32", "sketchbook-clip", "clip-vit-b32", "clip-vit-b32", "sketchbook-clip"),
                    framework.inside(DefaultModelProbe.class));
        }
    }
}
