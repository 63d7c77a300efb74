package org.atelier.diffusion;

import ai.djl.ndarray.NDArray;
import org.atelier.models.Weights;
import org.atelier.tensor.TorchKernels;

/** Layer normalisation over the last axis. Ba et al. 2016. */
final class LayerNorm {

    private final NDArray weight;
    private final NDArray bias;
    private final double epsilon;
    private final TorchKernels kernels;

    LayerNorm(Weights weights, int channels, double epsilon, TorchKernels kernels) {
        this.weight = weights.tensor("weight", channels);
        this.bias = weights.tensor("bias", channels);
        this.epsilon = epsilon;
        this.kernels = kernels;
    }

    /**
     * @param x (…, channels)
     * @return shaped as {@code x}
     */
    NDArray forward(NDArray x) {
        return kernels.layerNorm(x, weight, bias, epsilon);
    }
}
