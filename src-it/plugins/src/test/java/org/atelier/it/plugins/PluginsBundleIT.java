package org.atelier.it.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsBundleIT {

    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="org.example.%s"
                    factory="org.atelier.attention">
              <factory-property name="atelier.name" type="String" value="%s"/>
              <service><provide interface="org.atelier.api.attention.AttentionStrategy"/></service>
              <implementation class="org.example.Missing"/>
            </scr:component>
            """;

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        for (String name : List.of("embedding", "idle")) {
            TestFramework.write(
                    home.resolve(name + ".jar"),
                    "org.example." + name,
                    "1.2.0",
                    COMPONENT.formatted(name, name),
                    name.equals("idle") ? PluginsBundleIT.class : AttentionStrategy.class);
        }
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
    void namesWhyAPluginIsRefusedOrDoesNotRun() throws Exception {
        assertEquals(
                List.of(
                        "PLUGIN_FAILED The attention 'embedding' 1.2.0 (org.example.embedding) is refused: its bundle contains"
                                + " its own copy of org.atelier.api.attention; build it so that it imports what Atelier"
                                + " exports.",
                        "PLUGIN_WITHDRAWN The attention 'idle' is being installed, replaced or removed; retry in a moment,"
                                + " or choose another.",
                        "INVALID_REQUEST The attention 'idle' 1.2.0 (org.example.idle) does not run; 'atelier doctor' says"
                                + " why.",
                        "refused"),
                framework.inside(RefusedProbe.class));
    }

    @Test
    void providesStrategiesToOtherPlugins() throws Exception {
        assertEquals(
                List.of("NONE", "There is no attention 'mosaic'; available: none."),
                framework.inside(HandleProbe.class));
    }
}
