package org.atelier.it.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelsBundleIT {

    /** The folder above {@code models/sketchbook}, as in a distribution. */
    private static final Path HOME =
            Path.of(System.getProperty("atelier.sketchbook")).getParent().getParent();

    private static TestFramework framework;

    /** Once: native code cannot be loaded a second time in a process. */
    @BeforeAll
    static void startFramework() throws Exception {
        framework = TestFramework.start(
                HOME, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.tensor", "org.atelier.models");
    }

    @AfterAll
    static void stopFramework() {
        framework.close();
    }

    @Test
    void listsTheModelsOfTheDistribution() throws Exception {
        assertEquals(List.of("sketchbook"), framework.inside(ModelNamesProbe.class));
    }

    @Test
    void loadsTheNativeCodeOfTokenizers() throws Exception {
        assertArrayEquals(
                new long[] {768, 320, 692, 585, 769}, Arrays.copyOf(framework.inside(TokenizerProbe.class), 5));
    }
}
