package org.atelier.it.studio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudioBundleIT {

    @Test
    void providesTheServicesOfFrontEnds(@TempDir Path home) throws Exception {
        try (TestFramework framework = TestFramework.start(home, StudioBundles.and())) {
            assertTrue(framework.offers("org.atelier.api.set.Studio", null));
            assertTrue(framework.offers("org.atelier.api.set.RequestFormat", null));
            assertTrue(framework.offers("org.atelier.api.metadata.ImageInspector", null));
        }
    }
}
