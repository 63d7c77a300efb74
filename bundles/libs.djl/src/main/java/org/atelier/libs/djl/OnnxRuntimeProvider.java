package org.atelier.libs.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;
import ai.djl.onnxruntime.engine.OrtEngineProvider;

/** ONNX Runtime, started as {@link PyTorchProvider} starts PyTorch. */
public final class OnnxRuntimeProvider implements EngineProvider {

    private final OrtEngineProvider provider = new OrtEngineProvider();

    /** Must be public for the service loader. */
    public OnnxRuntimeProvider() {}

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
