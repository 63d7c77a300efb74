package org.atelier.it.blend.apart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.atelier.it.harness.BlendProbe;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApartBlendBundleIT {

    @Test
    void keepsReferencesSeparate(@TempDir Path home) throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.blend.apart")) {
            assertEquals(Map.of("apart", "apart"), framework.inside(BlendProbe.class));
        }
    }
}
