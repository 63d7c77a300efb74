package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.layers.Linear;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * Embeds the guidance scale of a network that was distilled from a guided one: Meng et al. 2023, section 3.1; with the
 * sinusoid of latent consistency models.
 */
final class GuidanceEmbedding {

    private static final double SCALE = 1000;

    private final int channels;
    private final Precision precision;
    private final TorchKernels kernels;
    private final Linear projection;

    /** @param weights of {@code time_embedding.cond_proj} */
    GuidanceEmbedding(Weights weights, int channels, int timestepChannels, Precision precision, TorchKernels kernels) {
        this.channels = channels;
        this.precision = precision;
        this.kernels = kernels;
        this.projection = Linear.withoutBias(weights, channels, timestepChannels, kernels);
    }

    /** Returns what is added to the sinusoid of the timestep: (1, channel), owned by {@code pass}. */
    NDArray forward(NDManager pass, double guidanceScale) {
        NDArray scales = pass.create(new float[] {(float) ((guidanceScale - 1) * SCALE)});
        return projection.forward(kernels.cast(kernels.sinusoid(scales, channels, false, 1), precision));
    }
}
