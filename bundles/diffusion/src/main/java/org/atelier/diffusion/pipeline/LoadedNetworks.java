package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.prediction.InpaintingPredictor;
import org.atelier.diffusion.prediction.InputChannels;
import org.atelier.diffusion.prediction.NoisePredictor;
import org.atelier.diffusion.prediction.UNetPredictor;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.text.PromptEncoder;
import org.atelier.diffusion.unet.AttentionProcessor;
import org.atelier.diffusion.unet.UNet;
import org.atelier.tensor.Precision;
import org.atelier.tensor.TorchKernels;

/**
 * The networks of a loaded model. They own no weights.
 *
 * @param precision of the UNet and the text encoders
 */
record LoadedNetworks(
        ModelConfiguration model,
        UNet unet,
        Autoencoder autoencoder,
        PromptEncoder promptEncoder,
        Precision precision,
        TorchKernels kernels) {

    /** The VAE scale factor. */
    int factor() {
        return model.factor();
    }

    /** The scale of classifier-free guidance; 1 if the UNet embeds the guidance scale instead. */
    double cfgScale(double guidanceScale) {
        return unet.embedsGuidance() ? 1 : guidanceScale;
    }

    /** Whether the UNet has input channels for a mask and a masked picture. */
    boolean hasInpaintingChannels() {
        return model.unet().inChannels() != model.autoencoder().latentChannels();
    }

    /**
     * The UNet as a predictor without guidance.
     *
     * @param guidanceScale embedded by a UNet that embeds it
     * @param channels additional channels of the UNet's input
     */
    NoisePredictor predictor(double guidanceScale, InputChannels channels) {
        NoisePredictor predictor = new UNetPredictor(unet.withGuidanceScale(guidanceScale));
        return channels == InputChannels.NONE ? predictor : new InpaintingPredictor(predictor, channels);
    }

    /** Attention without sharing. */
    AttentionProcessor plainAttention() {
        return AttentionProcessor.plain(kernels);
    }

    /**
     * A check of what these networks compute.
     *
     * @param guidanceScale of the generation or inversion
     * @param option the option that sets it
     */
    FiniteCheck finiteCheck(double guidanceScale, String option) {
        return new FiniteCheck(kernels, precision, guidanceScale, option);
    }

    /**
     * Encodes an image to the mean of its latents.
     *
     * @param manager owns the latents
     * @return (1, channel, height, width), multiplied by the scaling factor
     */
    NDArray encode(BufferedImage image, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray latents = autoencoder.encode(RgbImages.toTensor(image, pass));
            latents.attach(manager);
            return latents;
        }
    }

    /**
     * Encodes a picture of zeros, mid-grey, to the mean of its latents.
     *
     * @param height rows of the latents
     * @param width columns of the latents
     * @param manager owns the latents
     * @return (1, channel, height, width), multiplied by the scaling factor
     */
    NDArray encodeEmpty(long height, long width, NDManager manager) {
        try (NDManager pass = manager.newSubManager()) {
            NDArray latents = autoencoder.encode(pass.zeros(new Shape(1, 3, height * factor(), width * factor())));
            latents.attach(manager);
            return latents;
        }
    }
}
