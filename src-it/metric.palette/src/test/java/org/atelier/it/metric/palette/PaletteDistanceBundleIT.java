package org.atelier.it.metric.palette;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.MetricProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaletteDistanceBundleIT {

    /** The bundle contains the distance and colour classes that it needs, and its directions. */
    @Test
    void distinguishesEqualFromDifferentImages(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.metric.palette")) {
            String found = framework.inside(MetricProbe.class).get("palette");

            assertTrue(found.matches("pairs (\\d+\\.\\d\\d) \\1 0\\.00, reference \\1 \\1"), found);
            assertTrue(!found.startsWith("pairs 0.00"), found);
        }
    }
}
