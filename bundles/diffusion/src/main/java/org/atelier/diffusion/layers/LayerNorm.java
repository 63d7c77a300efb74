package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** Layer normalisation over the last axis. Ba et al. 2016. */
public final class LayerNorm {

    private final NDArray weight;
    private final NDArray bias;
    private final double epsilon;
    private final TorchKernels kernels;

    public LayerNorm(Weights weights, int channels, double epsilon, TorchKernels kernels) {
        this.weight = weights.tensor("weight", channels);
        this.bias = weights.tensor("bias", channels);
        this.epsilon = epsilon;
        this.kernels = kernels;
    }

    /**
     * @param x (…, channels)
     * @return shaped as {@code x}
     */
    public NDArray forward(NDArray x) {
        return kernels.layerNorm(x, weight, bias, epsilon);
    }
}
