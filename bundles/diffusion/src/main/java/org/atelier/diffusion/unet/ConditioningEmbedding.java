package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.layers.TimestepEmbedding;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** Embeds the timestep and the optional additional conditioning for the residual blocks. */
final class ConditioningEmbedding {

    private final UNetSettings settings;
    private final Precision precision;
    private final TorchKernels kernels;
    private final Optional<GuidanceEmbedding> guidanceEmbedding;
    private final TimestepEmbedding timeEmbedding;
    private final Optional<AdditionalEmbedding> additionalEmbedding;

    /** @param weights of the whole network */
    ConditioningEmbedding(Weights weights, UNetSettings settings, Precision precision, TorchKernels kernels) {
        this.settings = settings;
        this.precision = precision;
        this.kernels = kernels;
        this.guidanceEmbedding = settings.embedsGuidance()
                ? Optional.of(new GuidanceEmbedding(
                        weights.at("time_embedding.cond_proj"),
                        settings.guidanceChannels(),
                        settings.channels(0),
                        precision,
                        kernels))
                : Optional.empty();
        this.timeEmbedding = new TimestepEmbedding(
                weights.at("time_embedding"), settings.channels(0), settings.timeChannels(), kernels);
        this.additionalEmbedding = settings.additionalEmbedding()
                .map(own -> new AdditionalEmbedding(weights.at("add_embedding"), settings, own, precision, kernels));
    }

    /**
     * SiLU of the sum of the embeddings: (image or 1, time channel), owned by {@code pass}.
     *
     * @param guidanceScale ignored by a network that does not embed it
     */
    NDArray forward(NDManager pass, double timestep, double guidanceScale, Conditioning conditioning) {
        NDArray steps = pass.create(new float[] {(float) timestep});
        NDArray sinusoid =
                kernels.sinusoid(steps, settings.channels(0), settings.cosineFirst(), settings.frequencyShift());
        NDArray own = kernels.cast(sinusoid, precision);
        NDArray time = timeEmbedding.forward(guidanceEmbedding
                .map(guidance -> own.add(guidance.forward(pass, guidanceScale)))
                .orElse(own));
        NDArray embedded = additionalEmbedding
                .map(additional -> additional
                        .forward(pass, conditioning.added().orElseThrow())
                        .add(time))
                .orElse(time);
        return kernels.silu(embedded);
    }
}
