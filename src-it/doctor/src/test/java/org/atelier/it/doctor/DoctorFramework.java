package org.atelier.it.doctor;

import java.nio.file.Path;
import org.atelier.it.harness.StudioBundles;
import org.atelier.it.harness.TestFramework;

/** The framework in which the doctor works. */
final class DoctorFramework {

    private DoctorFramework() {}

    static TestFramework open(Path home) throws Exception {
        return TestFramework.start(
                home,
                StudioBundles.and(
                        "org.ops4j.pax.logging.pax-logging-log4j2",
                        "org.atelier.attention.none",
                        "org.apache.felix.healthcheck.api",
                        "org.atelier.doctor"));
    }
}
