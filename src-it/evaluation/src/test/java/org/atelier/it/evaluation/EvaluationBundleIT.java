package org.atelier.it.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationBundleIT {

    @Test
    void registersBothEvaluators(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, StudioBundles.and("org.atelier.metric.palette", "org.atelier.evaluation"))) {
            assertTrue(framework.offers("org.atelier.api.evaluation.Evaluator", null));
            assertTrue(framework.offers("org.atelier.api.evaluation.SetEvaluator", null));
        }
    }
}
