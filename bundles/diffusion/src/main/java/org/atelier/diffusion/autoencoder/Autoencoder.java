package org.atelier.diffusion.autoencoder;

import ai.djl.ndarray.NDArray;
import org.atelier.diffusion.layers.Convolution;
import org.atelier.diffusion.layers.Normalisation;
import org.atelier.diffusion.layers.ResnetBlock;
import org.atelier.models.source.Weights;
import org.atelier.tensor.Scope;
import org.atelier.tensor.TorchKernels;

/**
 * The variational autoencoder (VAE) between images and latents. Kingma and Welling 2014; Rombach et al. 2022. It always
 * computes in float32, since half precision overflows in published autoencoders.
 */
public final class Autoencoder {

    /** Epsilon of every normalisation in the autoencoder. */
    static final double EPSILON = 1e-6;

    /** Tile side in pixels. Images larger than this and than the training size are tiled. */
    private static final int TILE = 1024;

    private static final int LEAST_LOG_VARIANCE = -30;
    private static final int LARGEST_LOG_VARIANCE = 20;

    private final AutoencoderSettings settings;
    private final Encoder encoder;
    private final Convolution momentsConvolution;
    private final Convolution latentConvolution;
    private final Decoder decoder;
    private final Tiling encoding;
    private final Tiling decoding;
    private final TorchKernels kernels;

    public Autoencoder(Weights weights, AutoencoderSettings settings, TorchKernels kernels) {
        this(weights, settings, Math.max(TILE, settings.sampleSize()), kernels);
    }

    /** @param tile side of a tile in pixels, a multiple of four times the scale factor */
    public Autoencoder(Weights weights, AutoencoderSettings settings, int tile, TorchKernels kernels) {
        this.settings = settings;
        this.kernels = kernels;
        int latent = settings.latentChannels();
        this.encoder = new Encoder(weights.at("encoder"), settings, kernels);
        this.momentsConvolution = settings.convolvesLatents()
                ? Convolution.pointwise(weights.at("quant_conv"), 2 * latent, 2 * latent, kernels)
                : null;
        this.latentConvolution = settings.convolvesLatents()
                ? Convolution.pointwise(weights.at("post_quant_conv"), latent, latent, kernels)
                : null;
        this.decoder = new Decoder(weights.at("decoder"), settings, kernels);
        this.encoding = new Tiling(tile, tile / settings.factor());
        this.decoding = new Tiling(tile / settings.factor(), tile);
        weights.requireAllRead();
    }

    static ResnetBlock resnet(Weights weights, int in, int out, int groups, TorchKernels kernels) {
        return new ResnetBlock(weights, in, out, 0, groups, EPSILON, kernels);
    }

    static NDArray pass(ResnetBlock resnet, NDArray hidden) {
        return resnet.forward(hidden, null, Normalisation.PER_IMAGE);
    }

    /**
     * Encodes an image to the mean of its latents, multiplied by the scaling factor.
     *
     * @param image (1, 3, height, width) in [-1, 1], sides multiples of the scale factor
     * @return (1, latent channel, height / factor, width / factor)
     */
    public NDArray encode(NDArray image) {
        return Scope.within(image, x -> moments(x)
                .get(":, 0:" + settings.latentChannels() + ", :, :")
                .mul(settings.scalingFactor()));
    }

    /**
     * Samples latents of an image, multiplied by the scaling factor.
     *
     * @param moments means and log-variances
     * @param noise standard normal, of the latents' shape
     * @return (1, latent channel, height / factor, width / factor), owned by the manager of the moments
     */
    public NDArray sample(NDArray moments, NDArray noise) {
        int channels = settings.latentChannels();
        return Scope.within(moments, all -> {
            NDArray deviation = all.get(":, %d:%d, :, :".formatted(channels, 2 * channels))
                    .clip(LEAST_LOG_VARIANCE, LARGEST_LOG_VARIANCE)
                    .mul(0.5)
                    .exp();
            return all.get(":, 0:" + channels + ", :, :")
                    .add(deviation.mul(noise))
                    .mul(settings.scalingFactor());
        });
    }

    /**
     * The means and log-variances of an image's latents.
     *
     * @param image (1, 3, height, width) in [-1, 1], sides multiples of the scale factor
     * @return (1, 2 latent channels, height / factor, width / factor)
     */
    public NDArray moments(NDArray image) {
        return encoding.apply(image, tile -> {
            NDArray moments = encoder.forward(kernels.channelsLast(tile));
            return momentsConvolution == null ? moments : momentsConvolution.forward(moments);
        });
    }

    /**
     * Decodes latents to an image.
     *
     * @param latents (1, latent channel, height, width), multiplied by the scaling factor
     * @return (1, 3, factor · height, factor · width), about [-1, 1]
     */
    public NDArray decode(NDArray latents) {
        return Scope.within(
                latents,
                x -> decoding.apply(x.div(settings.scalingFactor()), tile -> {
                    NDArray own = kernels.channelsLast(tile);
                    return decoder.forward(latentConvolution == null ? own : latentConvolution.forward(own));
                }));
    }
}
