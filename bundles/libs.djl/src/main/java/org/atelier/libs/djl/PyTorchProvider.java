package org.atelier.libs.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;
import ai.djl.pytorch.engine.PtEngineProvider;

/**
 * PyTorch, started on first use under this bundle's class loader, whichever thread of whichever bundle asks.
 *
 * <p>It stands first on the bundle's class path, and DJL keeps the first provider of a name.
 */
public final class PyTorchProvider implements EngineProvider {

    private final PtEngineProvider provider = new PtEngineProvider();

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

    @Override
    public Engine getEngine() {
        return BundleClassLoader.during(provider::getEngine);
    }
}
