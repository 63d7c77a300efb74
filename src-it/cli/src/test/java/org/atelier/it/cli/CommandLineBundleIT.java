package org.atelier.it.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineBundleIT {

    @Test
    void offersTheCommandLineThatTheLauncherRuns(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                StudioBundles.and(
                        "org.atelier.hub",
                        "com.squareup.okhttp3",
                        "com.squareup.okhttp3.sse",
                        "com.squareup.okio",
                        "org.jetbrains.kotlin.osgi-bundle",
                        "org.atelier.evaluation",
                        "org.atelier.explain",
                        "org.atelier.batch",
                        "org.atelier.templates",
                        "org.apache.felix.healthcheck.api",
                        "org.atelier.doctor",
                        "org.atelier.client",
                        "org.atelier.cli",
                        "picocli"))) {
            assertTrue(framework.offers("java.util.function.ToIntFunction", "(atelier.name=command-line)"));
        }
    }
}
