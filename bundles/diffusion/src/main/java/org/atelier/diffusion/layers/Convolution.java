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

    /** Three by three, keeping height and width. */
    public static Convolution same(Weights weights, int in, int out, TorchKernels kernels) {
        return new Convolution(weights, in, out, 3, 1, 1, kernels);
    }

    /** Three by three with stride 2 and this padding on every side: half the height and width. */
    public static Convolution downsampling(Weights weights, int in, int out, int padding, TorchKernels kernels) {
        return new Convolution(weights, in, out, 3, 2, padding, kernels);
    }

    /** One by one: a linear map of every pixel. */
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
