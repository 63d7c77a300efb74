package org.atelier.it.context.caption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;

class CaptionBundleIT {

    @Test
    void saysWhatAnImageShows() throws Exception {
        Path models = Path.of(System.getProperty("atelier.sketchbook")).getParent();
        System.setProperty("caption.image", System.getProperty("atelier.fixtures") + "/captions/00.png");
        try (TestFramework framework = TestFramework.start(
                models.getParent(),
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.context.caption")) {
            List<String> results = framework.inside(CaptionProbe.class).lines().toList();

            assertTrue(results.get(0).startsWith("MODEL_NOT_FOUND"), results.get(0));
            assertEquals("a yellow bird, pop art, clear night, calm mood", results.get(1));
            assertEquals("a red bird, pop art, clear night, calm mood", results.get(2));
        } finally {
            System.clearProperty("caption.image");
        }
    }
}
