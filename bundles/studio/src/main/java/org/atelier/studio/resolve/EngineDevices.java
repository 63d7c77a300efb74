package org.atelier.studio.resolve;

import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;

/** Queries the engine; does not start it on a machine without a GPU. */
public final class EngineDevices implements Devices {

    @Override
    public String best() {
        return gpus() > 0 ? "cuda:0" : "cpu";
    }

    @Override
    public int gpus() {
        return CudaUtils.hasCuda() ? Engine.getInstance().getGpuCount() : 0;
    }
}
