package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.atelier.api.attention.AttentionLayer;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/** The denoising network. Ronneberger et al. 2015; Rombach et al. 2022; Podell et al. 2023. */
public final class UNet {

    private final Precision precision;
    private final LayerRegistry layers;
    private final boolean embedsGuidance;
    private final double guidanceScale;

    private final Convolution convIn;
    private final ConditioningEmbedding conditioningEmbedding;
    private final List<DownBlock> downBlocks;
    private final MidBlock middleBlock;
    private final List<UpBlock> upBlocks;
    private final GroupNorm normOut;
    private final Convolution convOut;
    private final TorchKernels kernels;

    public UNet(Weights weights, UNetSettings settings, Precision precision, TorchKernels kernels) {
        this.precision = precision;
        this.kernels = kernels;
        this.layers = new LayerRegistry();
        this.embedsGuidance = settings.embedsGuidance();
        this.guidanceScale = 1;
        this.downBlocks = new ArrayList<>();
        this.upBlocks = new ArrayList<>();
        int channels = settings.channels(0);
        this.convIn = Convolution.same(weights.at("conv_in"), settings.inChannels(), channels, kernels);
        this.conditioningEmbedding = new ConditioningEmbedding(weights, settings, precision, kernels);
        for (int level = 0; level < settings.levels(); level++) {
            downBlocks.add(new DownBlock(weights.at("down_blocks." + level), settings, level, layers, kernels));
        }
        for (int block = 0; block < settings.levels(); block++) {
            upBlocks.add(new UpBlock(weights.at("up_blocks." + block), settings, block, layers, kernels));
        }
        // Built last, since diffusers registers it last: layer indices must match.
        this.middleBlock = new MidBlock(weights.at("mid_block"), settings, layers, kernels);
        this.normOut =
                new GroupNorm(weights.at("conv_norm_out"), channels, settings.groups(), settings.epsilon(), kernels);
        this.convOut = Convolution.same(weights.at("conv_out"), channels, settings.outChannels(), kernels);
        weights.requireAllRead();
    }

    private UNet(UNet other, double guidanceScale) {
        this.precision = other.precision;
        this.kernels = other.kernels;
        this.layers = other.layers;
        this.embedsGuidance = other.embedsGuidance;
        this.guidanceScale = guidanceScale;
        this.convIn = other.convIn;
        this.conditioningEmbedding = other.conditioningEmbedding;
        this.downBlocks = other.downBlocks;
        this.middleBlock = other.middleBlock;
        this.upBlocks = other.upBlocks;
        this.normOut = other.normOut;
        this.convOut = other.convOut;
    }

    /** Whether the network embeds the guidance scale; then there is no classifier-free guidance. */
    public boolean embedsGuidance() {
        return embedsGuidance;
    }

    /**
     * The same network, which embeds a guidance scale if it can.
     *
     * @param scale 1 for no guidance, as without this call
     */
    public UNet withGuidanceScale(double scale) {
        return new UNet(this, scale);
    }

    /** The attention layers in registration order, for latents of the given height and width. */
    public List<AttentionLayer> attentionLayers(int height, int width) {
        return layers.layers(height, width);
    }

    /**
     * Computes the model output.
     *
     * @param latents (image, channel, height, width), float32
     * @param timestep of every image
     * @param conditioning of the images, with the same batch size
     * @param processor processor of the attention layers
     * @return (image, channel, height, width), float32, owned by the manager of {@code latents}
     */
    public NDArray forward(NDArray latents, double timestep, Conditioning conditioning, AttentionProcessor processor) {
        return forward(latents, timestep, conditioning, processor, Residuals.NONE);
    }

    /**
     * Computes the model output with ControlNet residuals.
     *
     * @param residuals with the same batch size
     * @return (image, channel, height, width), float32, owned by the manager of {@code latents}
     */
    public NDArray forward(
            NDArray latents,
            double timestep,
            Conditioning conditioning,
            AttentionProcessor processor,
            Residuals residuals) {
        NDManager outer = latents.getManager();
        try (NDManager pass = outer.newSubManager()) {
            NDArray features = features(pass, latents, timestep, conditioning, processor, residuals, () -> false)
                    .orElseThrow();
            NDArray noise = convOut.forward(kernels.silu(processor.normalise(normOut, features)));
            NDArray prediction = kernels.contiguous(kernels.cast(noise, Precision.FLOAT32));
            prediction.attach(outer);
            return prediction;
        }
    }

    /**
     * Runs the network only for the features that a processor records.
     *
     * @param complete polled between up blocks; {@code true} ends the pass early
     */
    public void extractFeatures(
            NDArray latents,
            double timestep,
            Conditioning conditioning,
            AttentionProcessor processor,
            BooleanSupplier complete) {
        try (NDManager pass = latents.getManager().newSubManager()) {
            features(pass, latents, timestep, conditioning, processor, Residuals.NONE, complete)
                    .ifPresent(features -> processor.normalise(normOut, features));
        }
    }

    /** The features after the last up block, (image, channel, height, width); empty if the pass ended early. */
    private Optional<NDArray> features(
            NDManager pass,
            NDArray latents,
            double timestep,
            Conditioning conditioning,
            AttentionProcessor processor,
            Residuals residuals,
            BooleanSupplier complete) {
        NDArray own = latents.duplicate();
        own.attach(pass);
        NDArray input = kernels.cast(kernels.channelsLast(own), precision);
        NDArray textEmbeddings = kernels.cast(conditioning.textEmbeddings(), precision);
        textEmbeddings.attach(pass);
        NDArray time = conditioningEmbedding.forward(pass, timestep, guidanceScale, conditioning);
        Deque<NDArray> skips = new ArrayDeque<>();
        NDArray hidden = convIn.forward(input);
        skips.push(hidden);
        for (DownBlock block : downBlocks) {
            hidden = block.forward(hidden, time, textEmbeddings, skips, processor);
        }
        hidden = residuals.addTo(middleBlock.forward(hidden, time, textEmbeddings, processor));
        skips = residuals.addTo(skips);
        for (UpBlock block : upBlocks) {
            if (complete.getAsBoolean()) {
                return Optional.empty();
            }
            hidden = block.forward(hidden, time, textEmbeddings, skips, processor);
        }
        return Optional.of(hidden);
    }
}
