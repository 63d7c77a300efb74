package org.atelier.it.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;

class ModelsBundleIT {

    /** The folder above {@code models/sketchbook}, as in a distribution. */
    private static final Path HOME =
            Path.of(System.getProperty("atelier.sketchbook")).getParent().getParent();

    @Test
    void itsCatalogListsTheModelsOfTheDistribution() throws Exception {
        try (TestFramework framework = TestFramework.start(
                HOME, "org.atelier.libs.djl", "org.atelier.api", "org.atelier.tensor", "org.atelier.models")) {
            assertEquals(List.of("sketchbook"), framework.inside(ModelNamesProbe.class));
        }
    }
}
