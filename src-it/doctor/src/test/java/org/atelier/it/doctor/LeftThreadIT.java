package org.atelier.it.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LeftThreadIT {

    @Test
    @Timeout(120)
    void namesAThreadThatAStoppedBundleLeftUntilItEnds(@TempDir Path home) throws Exception {
        Path deploy = Files.createDirectory(home.resolve("deploy"));
        new Jars(deploy).activated("leaky.jar", "test.leaky", Leaky.class);
        try (TestFramework framework = DoctorFramework.open(home)) {
            List<List<String>> told = framework.inside(AThreadIsLeft.class, DoctorEnvironment.class);

            assertEquals(List.of(), told.get(0), "while it runs");
            assertEquals(1, told.get(1).size(), told.toString());
            String left = "FAULT threads | thread \"drips\" | test.leaky 0.0.0 did not end it when it was stopped";
            assertTrue(told.get(1).get(0).startsWith(left), told.toString());
            assertEquals(List.of(), told.get(2), "when it has ended");
        }
    }
}
