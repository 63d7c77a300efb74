package org.atelier.it.libs.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a cache of its own, as on a machine where Atelier never ran. */
class OpenCvBundleIT {

    private static final String DJL_CACHE = "DJL_CACHE_DIR";

    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

    private static final String EDGES = "...#....";

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
    void nativeCodeIsUnpackedOnFirstUseToAFolderOfTheVersion() throws Exception {
        try (TestFramework framework = TestFramework.start(home, "org.atelier.libs.opencv")) {
            assertFalse(Files.exists(home.resolve("cache")), "starting the bundle unpacks something");
            assertEquals(EDGES, framework.inside(EdgesProbe.class));
        }
        List<Path> folders = list(home.resolve("cache/javacpp")).stream()
                .filter(Files::isDirectory)
                .toList();
        assertEquals(1, folders.size(), folders.toString());
        assertTrue(
                folders.get(0).getFileName().toString().matches("[a-z]+-\\w+-\\d+\\.\\d+\\.\\d+-\\d+\\.\\d+\\.\\d+"),
                folders.toString());
        List<String> names = list(folders.get(0)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
        assertTrue(names.stream().anyMatch(name -> name.contains("opencv_core")), names.toString());
        assertFalse(names.stream().anyMatch(name -> name.contains("jniopenblas")), names.toString());
    }

    @Test
    void findsEdgesAfterFfmpegDecoded() throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.ffmpeg", "org.atelier.libs.opencv")) {
            assertEquals(SAMPLE_RATE, framework.inside(SoundProbe.class));
            assertEquals(EDGES, framework.inside(EdgesProbe.class));
            assertEquals(SAMPLE_RATE, framework.inside(SoundProbe.class));
        }
    }

    @Test
    void ffmpegDecodesAfterItFoundEdges() throws Exception {
        try (TestFramework framework =
                TestFramework.start(home, "org.atelier.libs.opencv", "org.atelier.libs.ffmpeg")) {
            assertEquals(EDGES, framework.inside(EdgesProbe.class));
            assertEquals(SAMPLE_RATE, framework.inside(SoundProbe.class));
            assertEquals(EDGES, framework.inside(EdgesProbe.class));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
