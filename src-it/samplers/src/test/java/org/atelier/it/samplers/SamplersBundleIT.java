package org.atelier.it.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;

class SamplersBundleIT {

    /** The folder above {@code models/sketchbook}, as in a distribution. */
    private static final Path HOME =
            Path.of(System.getProperty("atelier.sketchbook")).getParent().getParent();

    @Test
    void findsEachSamplerByNameStartsItWithOptionsAndReachesAnImage() throws Exception {
        try (TestFramework framework = TestFramework.start(
                HOME,
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.samplers")) {
            assertEquals(
                    List.of(
                            "ddim {} took 4 steps, generated 0 arrays of noise, ended at 0.4",
                            "ddim {eta=0.5} took 4 steps, generated 4 arrays of noise, ended at 0.4",
                            "dpm++2m {} took 4 steps, generated 0 arrays of noise, ended at 0.4",
                            "euler {} took 4 steps, generated 0 arrays of noise, ended at 0.4",
                            "unipc {} took 4 steps, generated 0 arrays of noise, ended at 0.4"),
                    framework.inside(TrajectoryProbe.class));
        }
    }
}
