package org.atelier.it.attention.partial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialSharingBundleIT {

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.attention.shared",
                "org.atelier.attention.full",
                "org.atelier.attention.partial",
                "org.snakeyaml.engine",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.samplers",
                "org.atelier.diffusion",
                "org.atelier.plugins",
                "org.atelier.requests",
                "org.atelier.studio");
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void wrapsInstalledStrategiesAndReportsFaults() throws Exception {
        assertEquals(
                List.of(
                        "REFERENCES false [true, true, true]",
                        "SET false [false, true, false]",
                        "REFERENCES true [true, false, true]",
                        "SET false [true, false, false]",
                        "There is no attention 'mosaic'; available: full, partial, shared.",
                        "The attention 'partial' cannot wrap 'partial'; set its option 'of' to another attention.",
                        "The attention 'shared' has no option 'scale'",
                        "Options of 'shared' must have the form KEY=VALUE, not 'level'.",
                        "The option level of the attention 'shared' does not accept '7'",
                        "The option level of the attention 'shared' must be a number, not 'much'."),
                framework.inside(PartialProbe.class));
    }

    @Test
    void releasesTheWrappedStrategyAtItsEnd() throws Exception {
        assertEquals(List.of(0, 1, 0), framework.inside(LifetimeProbe.class));
    }
}
