package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.layers.TimestepEmbedding;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** Timestep, pooled text and sizes as a network's residual blocks are told them. Podell et al. 2023, section 2.2. */
final class ConditioningEmbedding {

    private final UNetSettings settings;
    private final Precision precision;
    private final TorchKernels kernels;
    private final TimestepEmbedding timeEmbedding;
    private final TimestepEmbedding addedEmbedding;

    /** @param weights of the whole network */
    ConditioningEmbedding(Weights weights, UNetSettings settings, Precision precision, TorchKernels kernels) {
        this.settings = settings;
        this.precision = precision;
        this.kernels = kernels;
        int time = settings.timeChannels();
        this.timeEmbedding = new TimestepEmbedding(weights.at("time_embedding"), settings.channels(0), time, kernels);
        this.addedEmbedding =
                new TimestepEmbedding(weights.at("add_embedding"), settings.conditionChannels(), time, kernels);
    }

    /** SiLU of the embeddings of timestep, pooled text and sizes together: (image, time channel), in {@code pass}. */
    NDArray forward(NDManager pass, double timestep, Conditioning condition) {
        NDArray steps = pass.create(new float[] {(float) timestep});
        NDArray sinusoid =
                kernels.sinusoid(steps, settings.channels(0), settings.cosineFirst(), settings.frequencyShift());
        NDArray time = timeEmbedding.forward(kernels.cast(sinusoid, precision));

        NDArray pooled = condition.pooled().duplicate();
        pooled.attach(pass);
        NDArray sizes = condition.sizes().flatten();
        sizes.attach(pass);
        NDArray sizeSinusoids = kernels.sinusoid(
                        sizes, settings.sizeChannels(), settings.cosineFirst(), settings.frequencyShift())
                .reshape(pooled.getShape().get(0), -1);
        NDArray added = pooled.concat(sizeSinusoids, 1);
        NDArray embedded = addedEmbedding.forward(kernels.cast(added, precision));
        return kernels.silu(embedded.add(time));
    }
}
