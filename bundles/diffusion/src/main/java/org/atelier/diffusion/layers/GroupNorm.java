package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** Group normalisation. Wu and He 2018. */
public final class GroupNorm {

    private final int groups;
    private final NDArray weight;
    private final NDArray bias;
    private final double epsilon;
    private final TorchKernels kernels;

    public GroupNorm(Weights weights, int channels, int groups, double epsilon, TorchKernels kernels) {
        this.groups = groups;
        this.weight = weights.tensor("weight", channels);
        this.bias = weights.tensor("bias", channels);
        this.epsilon = epsilon;
        this.kernels = kernels;
    }

    /**
     * Normalises by the moments of each image.
     *
     * @param x (batch, channels, height, width)
     * @return shaped as {@code x}
     */
    public NDArray forward(NDArray x) {
        return kernels.groupNorm(x, groups, weight, bias, epsilon);
    }

    /** Height times width of (batch, channels, height, width). */
    public static long area(NDArray x) {
        return x.getShape().get(2) * x.getShape().get(3);
    }

    /** The mean and variance of each group of each image, (2, batch, groups). */
    public NDArray moments(NDArray x) {
        return kernels.groupMoments(x, groups);
    }

    /**
     * Normalises by the joint moments of image and reference.
     *
     * @param x (batch, channels, height, width)
     * @param reference moments, (2, 1 or batch, groups)
     * @param referenceArea height times width of the feature map of the reference
     * @return shaped as {@code x}
     */
    public NDArray forward(NDArray x, NDArray reference, long referenceArea) {
        double share = (double) referenceArea / (referenceArea + area(x));
        return kernels.sharedGroupNorm(x, reference, share, groups, weight, bias, epsilon);
    }
}
