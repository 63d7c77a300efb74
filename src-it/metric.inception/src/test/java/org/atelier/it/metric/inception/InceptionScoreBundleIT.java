package org.atelier.it.metric.inception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.NetworkMetricProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InceptionScoreBundleIT {

    @Test
    void measuresWithANetworkAndSaysWithoutOneWhatToDo(@TempDir Path home) throws Exception {
        Path encoders = Path.of(System.getProperty("atelier.fixtures")).resolve("encoders");
        Files.createDirectories(home.resolve("config"));
        System.setProperty(
                NetworkMetricProbe.MODEL, encoders.resolve("tiny-classifier").toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.metric.inception")) {
            List<String> found = framework.inside(NetworkMetricProbe.class);

            assertTrue(found.get(0).startsWith("MODEL_NOT_FOUND"), found.get(0));
            assertTrue(found.get(0).contains("--metric-option inception.model=DIR"), found.get(0));
            assertTrue(found.get(1).startsWith("An Inception Score of 6 images means little"), found.get(1));
            assertEquals("score 1.4827 of 1: Inception Score, by tiny-classifier", found.get(2));
        } finally {
            System.clearProperty(NetworkMetricProbe.MODEL);
        }
    }
}
