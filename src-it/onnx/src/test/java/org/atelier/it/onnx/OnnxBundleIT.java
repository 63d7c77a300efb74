package org.atelier.it.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxBundleIT {

    @Test
    void runsAGraphOnTheNativeCodeOfAnotherBundle(@TempDir Path home) throws Exception {
        System.setProperty(
                GraphProbe.MODEL,
                Path.of(System.getProperty("atelier.fixtures"), "graphs").toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx")) {
            assertEquals(List.of("3.0 -4.0 0.5", "MODEL_NOT_FOUND"), framework.inside(GraphProbe.class));
        } finally {
            System.clearProperty(GraphProbe.MODEL);
        }
    }
}
