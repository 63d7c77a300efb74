package org.atelier.it.control.canny;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CannyControlBundleIT {

    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

    @TempDir
    private Path home;

    @AfterEach
    void forgetTheCache() {
        System.clearProperty(JAVACPP_CACHE);
    }

    @Test
    void itIsFoundByItsNameAndPreparesImagesOnceTheCacheCanBeWritten() throws Exception {
        Path cache = home.resolve("cache");
        System.setProperty(JAVACPP_CACHE, cache.toString());
        try (TestFramework framework = TestFramework.start(
                home,
                "org.atelier.libs.djl",
                "org.atelier.libs.opencv",
                "org.atelier.api",
                "org.atelier.pictures",
                "org.atelier.control.canny")) {
            Files.writeString(cache, "no folder");
            String fault = framework.inside(FaultProbe.class);
            assertTrue(fault.startsWith("ENGINE_FAILED: OpenCV cannot be loaded ("), fault);
            assertTrue(fault.contains(" is unpacked to " + cache + ": "), fault);
            assertEquals(1, fault.lines().count(), fault);

            Files.delete(cache);
            assertEquals(".....#......", framework.inside(ControlProbe.class));
            assertEquals("16 alike", framework.inside(ThreadsProbe.class));
        }
    }
}
