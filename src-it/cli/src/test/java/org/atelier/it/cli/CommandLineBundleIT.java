package org.atelier.it.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineBundleIT {

    @Test
    void offersTheCommandLineThatTheLauncherRuns(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.snakeyaml.engine",
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.hub",
                "com.squareup.okhttp3",
                "com.squareup.okhttp3.sse",
                "com.squareup.okio",
                "org.jetbrains.kotlin.osgi-bundle",
                "org.atelier.samplers",
                "org.atelier.diffusion",
                "org.atelier.plugins",
                "org.atelier.requests",
                "org.atelier.studio",
                "org.atelier.evaluation",
                "org.atelier.templates",
                "org.apache.felix.healthcheck.api",
                "org.atelier.doctor",
                "org.atelier.client",
                "org.atelier.cli",
                "picocli")) {
            assertTrue(framework.offers("java.util.function.ToIntFunction", "(atelier.name=command-line)"));
        }
    }
}
