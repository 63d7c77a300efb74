package org.atelier.it.metric.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.NetworkMetricProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptSimilarityBundleIT {

    @Test
    void measuresWithANetworkAndSaysWithoutOneWhatToDo(@TempDir Path home) throws Exception {
        Path encoders = Path.of(System.getProperty("atelier.fixtures")).resolve("encoders");
        Files.createDirectories(home.resolve("config"));
        // A repository that nobody has: no cache of this machine makes it an installed one.
        Files.writeString(home.resolve("config/models.json"), """
                {"clip-vit-b32": {"kind": "network", "repository": "atelier-tests/no-such-clip"}}
                """);
        System.setProperty(
                NetworkMetricProbe.MODEL, encoders.resolve("tiny-clip").toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.metric.clip")) {
            List<String> found = framework.inside(NetworkMetricProbe.class);

            assertTrue(found.get(0).startsWith("MODEL_NOT_FOUND"), found.get(0));
            assertTrue(found.get(0).contains("atelier models pull clip-vit-b32"), found.get(0));
            assertTrue(found.get(1).matches("prompt -?0\\.\\d+ of 6: Prompt, by tiny-clip \\(cosine\\)"), found.get(1));
            assertEquals(2, found.size());
        } finally {
            System.clearProperty(NetworkMetricProbe.MODEL);
        }
    }
}
