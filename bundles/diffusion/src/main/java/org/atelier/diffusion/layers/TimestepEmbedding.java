package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** Two linear layers with SiLU between them; embeds the timestep and the additional conditioning. */
public final class TimestepEmbedding {

    private final Linear first;
    private final Linear second;
    private final TorchKernels kernels;

    public TimestepEmbedding(Weights weights, int in, int out, TorchKernels kernels) {
        this.first = Linear.of(weights.at("linear_1"), in, out, kernels);
        this.second = Linear.of(weights.at("linear_2"), out, out, kernels);
        this.kernels = kernels;
    }

    /**
     * @param x (image, in)
     * @return (image, out)
     */
    public NDArray forward(NDArray x) {
        return second.forward(kernels.silu(first.forward(x)));
    }
}
