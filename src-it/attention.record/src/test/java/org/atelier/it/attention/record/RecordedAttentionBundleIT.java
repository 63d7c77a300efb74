package org.atelier.it.attention.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedAttentionBundleIT {

    @Test
    void wrapsInstalledStrategiesAndReportsFaults(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.attention.shared",
                "org.atelier.attention.full",
                "org.atelier.attention.record",
                "org.snakeyaml.engine",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.samplers",
                "org.atelier.diffusion",
                "org.atelier.plugins",
                "org.atelier.requests",
                "org.atelier.studio")) {
            assertEquals(
                    List.of(
                            "REFERENCES false [true, true, true] [house]",
                            "SET false [false, true, true] []",
                            "REFERENCES true [true, true, true] []",
                            "The attention 'record' needs a folder for its recordings; set its option 'to' to an"
                                    + " absolute path.",
                            "There is no attention 'mosaic'; available: full, record, shared.",
                            "The attention 'record' cannot record itself; set its option 'of' to another attention.",
                            "Options of 'shared' must have the form KEY=VALUE, not 'level'.",
                            "The model has no self-attention block 'up7'; available: down1, up0, mid.",
                            "A point must be X:Y with both from 0 to 1, such as 0.5:0.25, not '2:0'."),
                    framework.inside(RecordProbe.class));
        }
    }
}
