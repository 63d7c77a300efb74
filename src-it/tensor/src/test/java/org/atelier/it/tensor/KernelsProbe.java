package org.atelier.it.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.Callable;
import org.atelier.tensor.TorchKernels;

/** Loads the kernels from the bundle and pads a row of four with zeros with one of them. */
public final class KernelsProbe implements Callable<float[]> {

    @Override
    public float[] call() {
        try (TorchKernels kernels = TorchKernels.load(Device.cpu());
                NDManager manager = kernels.newManager()) {
            NDArray image = manager.create(new float[] {-1f, 0f, 1f, 2f}).reshape(1, 1, 1, 4);
            return kernels.pad(image, 1, 1, 0, 0).toFloatArray();
        }
    }
}
