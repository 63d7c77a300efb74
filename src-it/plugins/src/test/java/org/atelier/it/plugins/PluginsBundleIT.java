package org.atelier.it.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsBundleIT {

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.plugins",
                "org.atelier.attention.none",
                "org.atelier.blend.slerp");
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void tracksInstalledAndRemovedPlugins() throws Exception {
        assertEquals(
                List.of("attention.none", "blend.slerp", "blend.slerp-reference"),
                framework.inside(CatalogProbe.class));

        framework.bundle("org.atelier.attention.none").stop();
        assertEquals(List.of("blend.slerp", "blend.slerp-reference"), framework.inside(CatalogProbe.class));

        framework.bundle("org.atelier.attention.none").start();
        assertEquals(
                List.of("attention.none", "blend.slerp", "blend.slerp-reference"),
                framework.inside(CatalogProbe.class));
    }

    @Test
    void providesStrategiesToOtherPlugins() throws Exception {
        assertEquals(
                List.of("NONE", "There is no attention 'mosaic'; available: none."),
                framework.inside(HandleProbe.class));
    }
}
