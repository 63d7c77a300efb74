package org.atelier.it.control.depth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepthControlBundleIT {

    @Test
    void itTellsDepthAndWithoutAModelWhatToDo(@TempDir Path home) throws Exception {
        Path fixtures = Path.of(System.getProperty("atelier.fixtures"));
        Files.createDirectories(home.resolve("config"));
        // A repository that nobody has: no cache of this machine makes it an installed one.
        Files.writeString(home.resolve("config/models.json"), """
                {"dpt-hybrid-midas": {"kind": "depth", "repository": "atelier-tests/no-such-dpt", "graphs": ["model"]}}
                """);
        System.setProperty(
                DepthProbe.MODEL, fixtures.resolve("depth/tiny-dpt-large").toString());
        System.setProperty(DepthProbe.IMAGE, fixtures.resolve("captions/01.png").toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.onnx",
                "org.atelier.control.depth",
                "org.atelier.control.picture")) {
            List<String> prepared = framework.inside(DepthProbe.class).lines().toList();

            assertTrue(prepared.get(0).startsWith("MODEL_NOT_FOUND"), prepared.get(0));
            assertTrue(prepared.get(0).contains("atelier models pull dpt-hybrid-midas"), prepared.get(0));
            assertEquals("72 x 40, levels from 0 to 255, grey", prepared.get(1));
            assertTrue(prepared.get(2).startsWith("72 x 40") && prepared.get(2).endsWith("colours"), prepared.get(2));
        } finally {
            System.clearProperty(DepthProbe.MODEL);
            System.clearProperty(DepthProbe.IMAGE);
        }
    }
}
