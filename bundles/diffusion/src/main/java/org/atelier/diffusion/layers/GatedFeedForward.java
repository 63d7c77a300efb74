package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;
import org.atelier.models.source.Weights;
import org.atelier.tensor.TorchKernels;

/** Feed-forward network with GEGLU and an expansion of 4. Shazeer 2020. */
public final class GatedFeedForward {

    private static final int EXPANSION = 4;

    private final Linear gate;
    private final Linear out;
    private final TorchKernels kernels;

    public GatedFeedForward(Weights weights, int channels, TorchKernels kernels) {
        int inner = EXPANSION * channels;
        this.gate = Linear.of(weights.at("net.0.proj"), channels, 2 * inner, kernels);
        this.out = Linear.of(weights.at("net.2"), inner, channels, kernels);
        this.kernels = kernels;
    }

    /**
     * @param hidden (image, token, channel)
     * @return shaped as {@code hidden}
     */
    public NDArray forward(NDArray hidden) {
        return out.forward(kernels.geglu(gate.forward(hidden)));
    }
}
