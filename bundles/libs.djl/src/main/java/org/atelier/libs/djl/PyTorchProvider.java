package org.atelier.libs.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;
import ai.djl.pytorch.engine.PtEngineProvider;
import org.atelier.libs.djl.NativeCache.Library;

/**
 * PyTorch, started on first use under this bundle's class loader, for any thread of any bundle.
 *
 * <p>It is first on the bundle's class path, and DJL keeps the first provider of a name.
 */
public final class PyTorchProvider implements EngineProvider {

    private final PtEngineProvider provider = new PtEngineProvider();
    private Engine engine;

    /** Must be public for the service loader. */
    public PyTorchProvider() {}

    @Override
    public String getEngineName() {
        return provider.getEngineName();
    }

    @Override
    public int getEngineRank() {
        return provider.getEngineRank();
    }

    private static NativeCache cache() {
        try {
            NativeCache cache = EngineSettings.nativeCache(System.getProperties(), System.getenv(), Library.PYTORCH);
            cache.discardDamaged(Library.PYTORCH);
            return cache;
        } catch (IllegalStateException e) {
            throw new EngineException(e.getMessage(), e);
        }
    }

    /** DJL calls this for each manager; the native code is checked the first time. */
    @Override
    public synchronized Engine getEngine() {
        if (engine == null) {
            NativeCache cache = cache();
            engine = BundleClassLoader.during(provider::getEngine);
            cache.record(Library.PYTORCH);
        }
        return engine;
    }
}
