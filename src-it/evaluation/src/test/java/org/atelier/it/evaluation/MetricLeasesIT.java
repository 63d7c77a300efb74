package org.atelier.it.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.Stopping;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MetricLeasesIT {

    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s" factory="org.atelier.metric"
                configuration-policy="ignore" init="1" deactivate="end">
              <factory-property name="atelier.name" type="String" value="held"/>
              <implementation class="%1$s"/>
            </scr:component>
            """;

    private static final String WITHDRAWN =
            "PLUGIN_WITHDRAWN: The metric 'held' was withdrawn and this evaluation did not end in time; evaluate again"
                    + " with the installed metrics.";

    @Test
    @Timeout(240)
    void aMetricStopsAfterItsEvaluation(@TempDir Path home) throws Exception {
        Files.createSymbolicLink(
                home.resolve("models"),
                Path.of("../../distribution/models").toAbsolutePath().normalize());
        TestFramework.write(
                home.resolve("held.jar"),
                "test.held",
                "1.0.0",
                COMPONENT.formatted(HeldMetric.class.getName()),
                HeldMetric.class);
        try (TestFramework framework = TestFramework.start(
                home,
                StudioBundles.and(
                        "org.atelier.attention.none",
                        "org.atelier.attention.full",
                        "org.atelier.attention.shared",
                        "org.atelier.evaluation"))) {
            assertEquals(
                    List.of(
                            "[measures, measured] complete",
                            "[] INVALID_REQUEST: No metric is installed; add a bundle such as"
                                    + " org.atelier.metric.palette.",
                            "[measures] " + WITHDRAWN,
                            "[] " + WITHDRAWN),
                    framework.inside(MetricIsWithdrawn.class, HeldEvaluation.class, Stopping.class));
        }
    }
}
