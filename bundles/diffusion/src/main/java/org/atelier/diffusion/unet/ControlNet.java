package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.conditioning.Conditioning;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * A copy of the down blocks and the mid block of a UNet with a control image as additional input. Each feature map
 * passes a zero-initialised convolution and is added to that of the UNet as a residual. Zhang et al. 2023, figure 3.
 *
 * <p>Attention and group normalisation are never shared between images. Not thread-safe.
 */
public final class ControlNet implements AutoCloseable {

    private final NDManager memory;
    private final ControlNetSettings settings;
    private final Precision precision;
    private final TorchKernels kernels;
    private final AttentionProcessor plain;

    private final ControlNetConditioningEmbedding controlEmbedding;
    private final Convolution convIn;
    private final ConditioningEmbedding conditioningEmbedding;
    private final List<DownBlock> downBlocks = new ArrayList<>();
    private final MidBlock middleBlock;
    private final List<Convolution> zeroConvolutions = new ArrayList<>();
    private final Convolution middleZeroConvolution;

    /** @param memory owns the weights; closed with the network */
    public ControlNet(
            Weights weights, ControlNetSettings settings, Precision precision, TorchKernels kernels, NDManager memory) {
        this.memory = memory;
        this.settings = settings;
        this.precision = precision;
        this.kernels = kernels;
        this.plain = AttentionProcessor.plain(kernels);
        UNetSettings unet = settings.unet();
        int channels = unet.channels(0);
        LayerRegistry layers = new LayerRegistry();
        this.controlEmbedding = new ControlNetConditioningEmbedding(
                weights.at("controlnet_cond_embedding"), settings, channels, kernels);
        this.convIn = Convolution.same(weights.at("conv_in"), unet.inChannels(), channels, kernels);
        this.conditioningEmbedding = new ConditioningEmbedding(weights, unet, precision, kernels);
        addZeroConvolution(weights, channels);
        for (int level = 0; level < unet.levels(); level++) {
            downBlocks.add(new DownBlock(weights.at("down_blocks." + level), unet, level, layers, kernels));
            boolean lowest = level == unet.levels() - 1;
            for (int i = 0; i < unet.layersPerBlock() + (lowest ? 0 : 1); i++) {
                addZeroConvolution(weights, unet.channels(level));
            }
        }
        this.middleBlock = new MidBlock(weights.at("mid_block"), unet, layers, kernels);
        int lowestChannels = unet.channels(unet.levels() - 1);
        this.middleZeroConvolution =
                Convolution.pointwise(weights.at("controlnet_mid_block"), lowestChannels, lowestChannels, kernels);
        weights.requireAllRead();
    }

    private void addZeroConvolution(Weights weights, int channels) {
        Weights own = weights.at("controlnet_down_blocks." + zeroConvolutions.size());
        zeroConvolutions.add(Convolution.pointwise(own, channels, channels, kernels));
    }

    /** Pixels of the control image per latent along each side. */
    public int factor() {
        return settings.factor();
    }

    /**
     * Embeds a control image once for all steps.
     *
     * @param image RGB, of the generated size
     * @param manager owns the result
     * @return (1, channel, height, width) of the latents
     */
    public NDArray embed(BufferedImage image, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            return embed(RgbImages.toUnitTensor(image, pass), manager);
        }
    }

    /** @param image (image, RGB, height, width) in [0, 1] */
    public NDArray embed(NDArray image, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray pixels = settings.bgr() ? image.flip(1) : image.duplicate();
            pixels.attach(pass);
            NDArray embedded = controlEmbedding.forward(kernels.cast(kernels.channelsLast(pixels), precision));
            embedded.attach(manager);
            return embedded;
        }
    }

    /**
     * Computes the residuals for the UNet.
     *
     * @param latents (image, channel, height, width), float32
     * @param timestep of every image
     * @param conditioning of the images, with the same batch size
     * @param control embedded control images, (1 or image, channel, height, width)
     * @return residuals with the same batch size, owned by the manager of {@code latents}
     */
    public Residuals forward(NDArray latents, double timestep, Conditioning conditioning, NDArray control) {
        NDManager outer = latents.getManager();
        try (NDManager pass = outer.newSubManager()) {
            NDArray own = latents.duplicate();
            own.attach(pass);
            NDArray textEmbeddings = kernels.cast(conditioning.textEmbeddings(), precision);
            textEmbeddings.attach(pass);
            NDArray time = conditioningEmbedding.forward(pass, timestep, 1, conditioning);
            Deque<NDArray> features = new ArrayDeque<>();
            NDArray hidden = convIn.forward(kernels.cast(kernels.channelsLast(own), precision))
                    .add(control);
            features.push(hidden);
            for (DownBlock block : downBlocks) {
                hidden = block.forward(hidden, time, textEmbeddings, features, plain);
            }
            hidden = middleBlock.forward(hidden, time, textEmbeddings, plain);

            List<NDArray> residuals = new ArrayList<>();
            for (Convolution zero : zeroConvolutions) {
                residuals.add(zero.forward(features.removeLast()));
            }
            residuals.add(middleZeroConvolution.forward(hidden));
            residuals.forEach(residual -> residual.attach(outer));
            return new Residuals(residuals);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
