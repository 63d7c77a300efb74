package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** A two-dimensional convolution with a square kernel. */
public final class Convolution {

    private final NDArray weight;
    private final NDArray bias;
    private final int stride;
    private final int padding;
    private final TorchKernels kernels;

    private Convolution(Weights weights, int in, int out, int size, int stride, int padding, TorchKernels kernels) {
        this.weight = weights.tensor("weight", out, in, size, size);
        this.bias = weights.tensor("bias", out);
        this.stride = stride;
        this.padding = padding;
        this.kernels = kernels;
    }

    /** A 3 x 3 convolution that preserves height and width. */
    public static Convolution same(Weights weights, int in, int out, TorchKernels kernels) {
        return new Convolution(weights, in, out, 3, 1, 1, kernels);
    }

    /** A 3 x 3 convolution with stride 2, which halves height and width. */
    public static Convolution downsampling(Weights weights, int in, int out, int padding, TorchKernels kernels) {
        return new Convolution(weights, in, out, 3, 2, padding, kernels);
    }

    /** A 1 x 1 convolution. */
    public static Convolution pointwise(Weights weights, int in, int out, TorchKernels kernels) {
        return new Convolution(weights, in, out, 1, 1, 0, kernels);
    }

    /**
     * @param x (batch, in, height, width)
     * @return (batch, out, height / stride, width / stride)
     */
    public NDArray forward(NDArray x) {
        return kernels.conv2d(x, weight, bias, stride, padding);
    }
}
