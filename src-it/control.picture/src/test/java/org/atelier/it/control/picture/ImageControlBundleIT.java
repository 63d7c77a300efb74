package org.atelier.it.control.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageControlBundleIT {

    @Test
    void itIsFoundByItsNameAndPreparesAnImage(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.pictures",
                "org.atelier.control.picture")) {
            assertEquals("......######", framework.inside(ControlProbe.class));
        }
    }
}
