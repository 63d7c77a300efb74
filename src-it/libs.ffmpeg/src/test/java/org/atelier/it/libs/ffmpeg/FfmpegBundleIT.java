package org.atelier.it.libs.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test has a cache of its own, as on a machine where Atelier never ran. */
class FfmpegBundleIT {

    private static final String DJL_CACHE = "DJL_CACHE_DIR";

    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

    private static final int SAMPLE_RATE = 16_000;

    private final String cacheBefore = System.getProperty(DJL_CACHE);

    @TempDir
    private Path home;

    @BeforeEach
    void nameAnEmptyCache() {
        System.setProperty(DJL_CACHE, home.resolve("cache").toString());
        System.clearProperty(JAVACPP_CACHE);
    }

    @AfterEach
    void nameTheCacheAsBefore() {
        System.setProperty(DJL_CACHE, cacheBefore);
        System.clearProperty(JAVACPP_CACHE);
    }

    @Test
    void nativeCodeIsUnpackedOnFirstUseBesideThatOfDjl() throws Exception {
        Path unpacked = home.resolve("cache/javacpp");
        try (TestFramework framework = TestFramework.start(home, "org.atelier.libs.ffmpeg")) {
            assertEquals(unpacked.toString(), System.getProperty(JAVACPP_CACHE));
            assertFalse(Files.exists(unpacked), "starting the bundle unpacks something");
            assertEquals(SAMPLE_RATE, framework.inside(SoundProbe.class));
        }
        try (Stream<Path> files = Files.walk(unpacked)) {
            List<String> libraries = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("avcodec"))
                    .toList();
            assertFalse(libraries.isEmpty(), "no FFmpeg in " + unpacked);
        }
    }

    @Test
    void keepsTheFolderThatTheUserNamed() throws Exception {
        System.setProperty(JAVACPP_CACHE, home.resolve("own").toString());
        try (TestFramework framework = TestFramework.start(home, "org.atelier.libs.ffmpeg")) {
            assertTrue(framework.bundle("org.atelier.libs.ffmpeg").getState() > 0);
            assertEquals(home.resolve("own").toString(), System.getProperty(JAVACPP_CACHE));
        }
    }
}
