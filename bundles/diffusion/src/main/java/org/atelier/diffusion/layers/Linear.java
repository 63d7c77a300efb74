package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** A linear layer over the last axis. */
public final class Linear {

    private final NDArray weight;
    private final NDArray bias;
    private final TorchKernels kernels;

    private Linear(NDArray weight, NDArray bias, TorchKernels kernels) {
        this.weight = weight;
        this.bias = bias;
        this.kernels = kernels;
    }

    public static Linear of(Weights weights, int in, int out, TorchKernels kernels) {
        return new Linear(weights.tensor("weight", out, in), weights.tensor("bias", out), kernels);
    }

    public static Linear withoutBias(Weights weights, int in, int out, TorchKernels kernels) {
        return new Linear(weights.tensor("weight", out, in), null, kernels);
    }

    /**
     * @param x (…, in)
     * @return (…, out)
     */
    public NDArray forward(NDArray x) {
        return kernels.linear(x, weight, bias);
    }
}
