package org.atelier.it.libs.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.atelier.it.harness.TestFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibraryBundleIT {

    private TestFramework framework;

    /** As on a machine where Atelier never ran: its native code is unpacked from the bundle, not found in a cache. */
    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        System.setProperty("DJL_CACHE_DIR", home.resolve("cache").toString());
        framework = TestFramework.start(home, "org.atelier.libs.djl");
    }

    @AfterAll
    void stop() {
        framework.close();
    }

    @Test
    void everyEngineStartsOnAThreadOfAnyContextClassLoader() throws Exception {
        ExecutorService foreign = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "foreign");
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            return thread;
        });
        try {
            List<String> answers =
                    foreign.submit(() -> framework.inside(EnginesProbe.class)).get();
            assertEquals(List.of("PyTorch 6.0", "OnnxRuntime", "1.21.1", "[0, 1]"), answers);
        } finally {
            foreign.shutdown();
        }
    }
}
