package org.atelier.it.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.atelier.it.harness.Stopping;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come, change and go while sets are generated with them, by the networks of sketchbook. */
@Timeout(300)
class LeasesIT {

    private static final String REPLACED =
            "PLUGIN_WITHDRAWN: The attention 'traced' is being installed, replaced or removed; retry in a moment, or"
                    + " choose another.";
    private static final String WITHDRAWN =
            "PLUGIN_WITHDRAWN: The attention 'traced' was withdrawn and this set did not end in time; generate it again"
                    + " with the installed version or with another attention.";

    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%1$s" factory="org.atelier.attention"
                configuration-policy="ignore" init="1" %3$s>
              <factory-property name="atelier.name" type="String" value="%2$s"/>
              <property name="how" type="String" value="%2$s"/>
              <implementation class="%1$s"/>
            </scr:component>
            """;

    private static TestFramework framework;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        Files.createSymbolicLink(
                home.resolve("models"),
                Path.of("../../distribution/models").toAbsolutePath().normalize());
        Path jars = Files.createDirectory(home.resolve("jars"));
        for (String version : List.of("1", "2")) {
            write(jars, "traced-" + version, version + ".0.0", TracedAttention.class, "traced", "deactivate=\"end\"");
        }
        write(jars, "traced-1-rebuilt", "1.0.0", TracedAttention.class, "traced", "deactivate='end'");
        for (String name : List.of("throwing", "looping")) {
            write(jars, name, "1.0.0", NeverReady.class, name, "");
        }
        framework = TestFramework.start(
                home, StudioBundles.and("org.atelier.attention.none", "org.atelier.attention.partial"));
    }

    private static void write(Path jars, String file, String version, Class<?> type, String name, String attributes)
            throws Exception {
        String component = COMPONENT.formatted(type.getName(), name, attributes);
        TestFramework.write(jars.resolve(file + ".jar"), "test." + name, version, component, type);
    }

    @AfterAll
    static void stop() {
        framework.close();
    }

    @Test
    void aSetKeepsItsPluginVersionAndTheNextUsesTheNewOne() throws Exception {
        assertEquals(
                List.of(REPLACED, "waits true", "complete", "[1.0.0]", "complete", "[2.0.0]"),
                generate(UpdatedWhileGenerating.class));
    }

    @Test
    void usesANewerVersionAtOnce() throws Exception {
        assertEquals(List.of("complete", "[2.0.0]", "complete", "[1.0.0]"), generate(TwoVersionsAtOnce.class));
    }

    @Test
    void cancelsASetThatDoesNotEndInTime() throws Exception {
        assertEquals(List.of(WITHDRAWN, WITHDRAWN, "[1.0.0]"), generate(NotEndedInTime.class));
    }

    @Test
    void leasesWrappedStrategiesToo() throws Exception {
        assertEquals(List.of("complete", "[1.0.0]"), generate(WrappedByAnother.class));
    }

    @Test
    void restartsASetIfItsPluginChanged() throws Exception {
        assertEquals(
                List.of(
                        "3 images, traced by []",
                        "3 images, traced by [1.0.0]",
                        "The attention 'traced' was test.traced 1.0.0 (code HASH) when this set was started and is"
                                + " test.traced 1.0.0 (code HASH) now, so the set is generated again from the start.",
                        "3 images, traced by [2.0.0]",
                        "The attention 'traced' was test.traced 1.0.0 (code HASH) when this set was started and is"
                                + " test.traced 2.0.0 (code HASH) now, so the set is generated again from the start."),
                generate(ResumedByAnotherVersion.class));
    }

    @Test
    void aPluginThatDoesNotStartBlocksNothing() throws Exception {
        List<String> results = generate(DoNotStart.class);

        assertTrue(results.get(0).startsWith("PLUGIN_FAILED: The attention 'throwing' did not start"), results.get(0));
        assertEquals(
                "PLUGIN_FAILED: The attention 'looping' did not start: it was not ready after 1 s. Choose another with"
                        + " --attention.",
                results.get(1));
        assertEquals("complete", results.get(2));
    }

    @Test
    void releasesClassesOfReplacedPlugins() throws Exception {
        List<Long> metaspace = generate(Replacing.class);

        long warm = metaspace.get(metaspace.size() / 2);
        long last = metaspace.get(metaspace.size() - 1);
        assertTrue(last - warm < 256 * 1024, "metaspace grows: " + metaspace);
    }

    private static <T> T generate(Class<? extends Callable<T>> probe) throws Exception {
        return framework.inside(probe, StudioEnvironment.class, HeldSet.class, Stopping.class);
    }
}
