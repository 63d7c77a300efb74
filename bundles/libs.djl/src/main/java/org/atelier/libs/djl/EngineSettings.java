package org.atelier.libs.djl;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.atelier.libs.djl.NativeCache.Library;

/** The settings of DJL unless the user has set others: offline, silent, native code in the user's cache. */
final class EngineSettings {

    private static final String CACHE = "DJL_CACHE_DIR";

    private EngineSettings() {}

    /** Sets each property that neither the properties nor the environment hold yet, and the folder of native code. */
    static void applyDefaults(Properties properties, Map<String, String> environment) {
        Map<String, String> defaults = Map.of(
                "ai.djl.offline", "true",
                "OPT_OUT_TRACKING", "true",
                "ai.djl.default_engine", "PyTorch",
                "RUST_FLAVOR", "cpu",
                // DJL would start PyTorch with each manager of ONNX Runtime, for operators that this engine lacks.
                "ai.djl.onnx.disable_alternative", "true",
                // DJL makes threads that all graphs could share; each graph here has its own.
                "ai.djl.onnxruntime.num_threads", "1",
                "ai.djl.onnxruntime.num_interop_threads", "1",
                // DJL opens resources of files and jars only, and those of a bundle are neither: without this it cannot
                // unpack its own native code on a machine that has none in the cache.
                "ai.djl.allow_insecure_url", "true");
        defaults.forEach((name, value) -> {
            if (!environment.containsKey(name)) {
                properties.putIfAbsent(name, value);
            }
        });
    }

    /**
     * Decides where native code is unpacked, and tells DJL.
     *
     * @param library the library that is loaded next
     * @throws IllegalStateException if no folder has enough space for it
     */
    static NativeCache nativeCache(Properties properties, Map<String, String> environment, Library library) {
        String given = properties.getProperty(CACHE, environment.get(CACHE));
        Path preferred = given == null ? cacheFolder(properties, environment) : Path.of(given);
        NativeCache cache = NativeCache.of(preferred, Path.of(properties.getProperty("java.io.tmpdir")), library);
        if (given == null || !cache.folder().equals(preferred)) {
            properties.setProperty(CACHE, cache.folder().toString());
        }
        return cache;
    }

    /** {@code $XDG_CACHE_HOME/atelier}, or {@code ~/.cache/atelier} where the variable is not an absolute path. */
    private static Path cacheFolder(Properties properties, Map<String, String> environment) {
        Path configured = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        Path caches = configured.isAbsolute() ? configured : Path.of(properties.getProperty("user.home"), ".cache");
        return caches.resolve("atelier");
    }
}
