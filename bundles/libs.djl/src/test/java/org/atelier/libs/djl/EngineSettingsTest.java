package org.atelier.libs.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {

    private final Properties properties = new Properties();

    EngineSettingsTest() {
        properties.setProperty("user.home", "/home/ada");
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
    void keepsNativeCodeInTheUsersCache() {
        EngineSettings.applyDefaults(properties, Map.of());

        assertEquals("/home/ada/.cache/atelier", properties.getProperty("DJL_CACHE_DIR"));
    }

    @Test
    void followsTheCacheFolderOfTheDesktop() {
        EngineSettings.applyDefaults(properties, Map.of("XDG_CACHE_HOME", "/fast/cache"));

        assertEquals("/fast/cache/atelier", properties.getProperty("DJL_CACHE_DIR"));
    }

    @Test
    void ignoresARelativeCacheFolderAsTheSpecificationAsks() {
        EngineSettings.applyDefaults(properties, Map.of("XDG_CACHE_HOME", "cache"));

        assertEquals("/home/ada/.cache/atelier", properties.getProperty("DJL_CACHE_DIR"));
    }

    @Test
    void leavesWhatTheUserSet() {
        properties.setProperty("ai.djl.offline", "false");

        EngineSettings.applyDefaults(properties, Map.of("DJL_CACHE_DIR", "/mine"));

        assertEquals("false", properties.getProperty("ai.djl.offline"));
        assertFalse(properties.containsKey("DJL_CACHE_DIR"), "a property would hide the environment variable");
    }
}
