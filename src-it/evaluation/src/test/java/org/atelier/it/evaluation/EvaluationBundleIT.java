package org.atelier.it.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationBundleIT {

    @Test
    void offersEvaluationsOverTheStudio(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.diffusion",
                "org.snakeyaml.engine",
                "org.atelier.pictures",
                "org.atelier.plugins",
                "org.atelier.requests",
                "org.atelier.studio",
                "org.atelier.metric.palette",
                "org.atelier.evaluation")) {
            assertTrue(framework.offers("org.atelier.api.evaluation.Evaluator", null));
        }
    }
}
