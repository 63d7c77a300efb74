package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/**
 * Residual block of two convolutions; the timestep embedding is added between them. He et al. 2016; Ho et al. 2020.
 */
public final class ResnetBlock {

    private final GroupNorm norm1;
    private final Convolution conv1;
    private final Linear timeProjection;
    private final GroupNorm norm2;
    private final Convolution conv2;
    private final Convolution shortcut;
    private final TorchKernels kernels;

    /** @param timeChannels channels of the timestep embedding; 0 for a block without it */
    public ResnetBlock(
            Weights weights, int in, int out, int timeChannels, int groups, double epsilon, TorchKernels kernels) {
        this.norm1 = new GroupNorm(weights.at("norm1"), in, groups, epsilon, kernels);
        this.conv1 = Convolution.same(weights.at("conv1"), in, out, kernels);
        this.timeProjection =
                timeChannels == 0 ? null : Linear.of(weights.at("time_emb_proj"), timeChannels, out, kernels);
        this.norm2 = new GroupNorm(weights.at("norm2"), out, groups, epsilon, kernels);
        this.conv2 = Convolution.same(weights.at("conv2"), out, out, kernels);
        this.shortcut = in == out ? null : Convolution.pointwise(weights.at("conv_shortcut"), in, out, kernels);
        this.kernels = kernels;
    }

    /**
     * @param input (image, in, height, width)
     * @param time SiLU of the timestep embedding, (image, time channel); {@code null} for a block without it
     * @return (image, out, height, width)
     */
    public NDArray forward(NDArray input, NDArray time, Normalisation normalisation) {
        return Scope.within(input, x -> {
            NDArray hidden = conv1.forward(kernels.silu(normalisation.normalise(norm1, x)));
            if (timeProjection != null) {
                NDArray shift = timeProjection.forward(time);
                hidden = hidden.add(shift.expandDims(2).expandDims(3));
            }
            hidden = conv2.forward(kernels.silu(normalisation.normalise(norm2, hidden)));
            NDArray residual = shortcut == null ? x : shortcut.forward(x);
            return hidden.add(residual);
        });
    }
}
