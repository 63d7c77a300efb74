package org.atelier.it.doctor;

import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;

/** The framework in which the doctor works. */
final class Hospital {

    private Hospital() {}

    static TestFramework open(Path home) throws Exception {
        return TestFramework.start(
                home,
                "org.ops4j.pax.logging.pax-logging-log4j2",
                "org.snakeyaml.engine",
                "org.atelier.libs.djl",
                "org.atelier.api",
                "org.atelier.tensor",
                "org.atelier.models",
                "org.atelier.pictures",
                "org.atelier.samplers",
                "org.atelier.diffusion",
                "org.atelier.attention.none",
                "org.atelier.plugins",
                "org.atelier.requests",
                "org.atelier.studio",
                "org.apache.felix.healthcheck.api",
                "org.atelier.doctor");
    }
}
