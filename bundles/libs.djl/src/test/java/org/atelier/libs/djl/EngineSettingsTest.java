package org.atelier.libs.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.atelier.libs.djl.NativeCache.Library;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSettingsTest {

    private static final Library SMALL = new Library("small", 1);

    private final Properties properties = new Properties();

    @TempDir
    private Path home;

    @BeforeEach
    void setHome() {
        properties.setProperty("user.home", home.toString());
        properties.setProperty("java.io.tmpdir", home.toString());
    }

    @Test
    void runsOfflineAndCallsNobody() {
        EngineSettings.applyDefaults(properties, Map.of());

        assertEquals("true", properties.getProperty("ai.djl.offline"));
        assertEquals("true", properties.getProperty("OPT_OUT_TRACKING"));
        assertEquals("PyTorch", properties.getProperty("ai.djl.default_engine"));
    }

    @Test
    void startsNoOtherEngineBesideOnnxRuntime() {
        EngineSettings.applyDefaults(properties, Map.of());

        assertEquals("true", properties.getProperty("ai.djl.onnx.disable_alternative"));
    }

    @Test
    void unpacksNativeCodeIntoTheUsersCache() {
        assertEquals(home.resolve(".cache/atelier"), cacheFolder(Map.of()));
    }

    @Test
    void followsTheCacheFolderOfTheDesktop() {
        assertEquals(
                home.resolve("fast/atelier"),
                cacheFolder(Map.of("XDG_CACHE_HOME", home.resolve("fast").toString())));
    }

    @Test
    void ignoresARelativeCacheFolderAsTheSpecificationAsks() {
        assertEquals(home.resolve(".cache/atelier"), cacheFolder(Map.of("XDG_CACHE_HOME", "cache")));
    }

    @Test
    void usesTheFolderThatTheUserGaveToDjl() {
        String own = home.resolve("own").toString();

        assertEquals(
                home.resolve("own"),
                EngineSettings.nativeCache(properties, Map.of("DJL_CACHE_DIR", own), SMALL)
                        .folder());
        assertFalse(properties.containsKey("DJL_CACHE_DIR"), "a property would hide the environment variable");
    }

    @Test
    void tellsDjlOfTheFolderThatItFallsBackTo() throws IOException {
        String file = Files.writeString(home.resolve("file"), "no folder").toString();

        Path folder = EngineSettings.nativeCache(properties, Map.of("DJL_CACHE_DIR", file), SMALL)
                .folder();

        assertEquals(folder.toString(), properties.getProperty("DJL_CACHE_DIR"));
        assertTrue(folder.startsWith(home), folder.toString());
    }

    private Path cacheFolder(Map<String, String> environment) {
        Path folder = EngineSettings.nativeCache(properties, environment, SMALL).folder();
        assertEquals(folder.toString(), properties.getProperty("DJL_CACHE_DIR"));
        return folder;
    }

    @Test
    void leavesWhatTheUserSet() {
        properties.setProperty("ai.djl.offline", "false");

        EngineSettings.applyDefaults(properties, Map.of("RUST_FLAVOR", "cuda"));

        assertEquals("false", properties.getProperty("ai.djl.offline"));
        assertFalse(properties.containsKey("RUST_FLAVOR"), "a property would hide the environment variable");
    }
}
