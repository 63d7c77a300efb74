package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.sampling.EngineOutOfMemoryException;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.window.CircularEnds;
import org.atelier.tensor.TorchKernels;

/** Decodes latents, (1, channel, height, width) and multiplied by the scaling factor, to RGB images. */
final class ImageDecoder {

    private final Autoencoder autoencoder;
    private final int factor;
    private final TorchKernels kernels;

    /** @param factor VAE scale factor */
    ImageDecoder(Autoencoder autoencoder, int factor, TorchKernels kernels) {
        this.autoencoder = autoencoder;
        this.factor = factor;
        this.kernels = kernels;
    }

    /** The VAE scale factor. */
    int factor() {
        return factor;
    }

    /** Decodes a preview, which may contain NaN where the image itself will not. */
    BufferedImage preview(NDArray latents) {
        return decode(latents, autoencoder::decode, pixels -> {});
    }

    /**
     * Decodes a result.
     *
     * @param what names the image, with its article
     * @throws org.atelier.api.AtelierException ENGINE_FAILED if a pixel is NaN or infinite
     */
    BufferedImage decode(NDArray latents, String what) {
        return decode(latents, autoencoder::decode, pixels -> FiniteCheck.requireDecoded(kernels, pixels, what));
    }

    /** Decodes a result whose right end continues at its left end. */
    BufferedImage decodeCircular(NDArray latents, String what) {
        long width = latents.getShape().get(3) * factor;
        return decode(
                latents,
                own -> CircularEnds.cropped(autoencoder.decode(CircularEnds.padded(own)), width),
                pixels -> FiniteCheck.requireDecoded(kernels, pixels, what));
    }

    private BufferedImage decode(NDArray latents, UnaryOperator<NDArray> decoder, Consumer<NDArray> check) {
        return EngineOutOfMemoryException.fatal(() -> {
            try (NDManager pass = kernels.newManager()) {
                NDArray own = latents.duplicate();
                own.attach(pass);
                NDArray decoded = decoder.apply(own);
                check.accept(decoded);
                return RgbImages.ofPixels(kernels.pixels(decoded));
            }
        });
    }
}
