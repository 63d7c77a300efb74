package org.atelier.diffusion.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.diffusion.autoencoder.Autoencoder;
import org.atelier.diffusion.autoencoder.RgbImages;
import org.atelier.diffusion.prediction.InpaintingChannels;
import org.atelier.diffusion.sampling.FiniteCheck;
import org.atelier.diffusion.sampling.ImageNoise;
import org.atelier.diffusion.sampling.InitPicture;
import org.atelier.diffusion.sampling.InpaintingMask;
import org.atelier.diffusion.sampling.StackedLatents;
import org.atelier.diffusion.sampling.StartLatents;

/**
 * Encodes the pictures that images start from, one at a time. It samples from the generator of an image in the order of
 * diffusers: the latents of the picture, then the initial noise, then the latents of the masked picture, which a UNet of
 * four channels does not use.
 */
final class PictureEncoder {

    private final LoadedNetworks networks;
    private final Optional<InpaintingChannels> channels;
    private final FiniteCheck finite;
    private final NDManager manager;
    private Supplier<BufferedImage> lastPicture;
    private NDArray lastMoments;

    /**
     * @param channels receives masks and masked latents; empty if the UNet has no channels for them
     * @param manager stays open as long as the set
     */
    PictureEncoder(
            LoadedNetworks networks, Optional<InpaintingChannels> channels, FiniteCheck finite, NDManager manager) {
        this.networks = networks;
        this.channels = channels;
        this.finite = finite;
        this.manager = manager;
    }

    /**
     * Encodes a picture, before the initial noise is sampled.
     *
     * @param noise of the image; must not have been sampled from
     * @return the start of the image; empty for noise alone
     */
    Optional<StartLatents> start(InitPicture init, int image, ImageNoise noise) {
        boolean isBlended = init.isMasked() && channels.isEmpty();
        if (init.isMasked() && !isBlended && init.step() == 0) {
            return Optional.empty(); // diffusers does not sample the latents of a picture that it does not use.
        }
        try (NDArray sampled = noise.next();
                NDArray latents = networks.autoencoder().sample(moments(init), sampled)) {
            finite.requirePicture(latents, image);
            return Optional.of(new StartLatents(
                    StackedLatents.of(List.of(latents)),
                    init.step(),
                    true,
                    isBlended ? init.mask().get().latents(networks.factor()) : null));
        }
    }

    /**
     * Encodes the masked picture, after the initial noise was sampled.
     *
     * @param noise of the image
     */
    void maskedPicture(InitPicture init, int image, ImageNoise noise) {
        if (!init.isMasked()) {
            return;
        }
        if (channels.isEmpty()) {
            noise.skip();
            return;
        }
        InpaintingMask mask = init.mask().get();
        try (NDManager pass = manager.newSubManager()) {
            NDArray kept = RgbImages.toTensor(init.picture().get(), pass).mul(mask.keptPixels(pass));
            NDArray sampled = noise.next();
            sampled.attach(pass);
            Autoencoder autoencoder = networks.autoencoder();
            NDArray latents = autoencoder.sample(autoencoder.moments(kept), sampled);
            finite.requirePicture(latents, image);
            channels.get()
                    .put(
                            image,
                            StackedLatents.unstack(mask.latents(networks.factor()), pass)
                                    .get(0),
                            latents);
        }
    }

    /** The moments of a picture; those of the last one are kept, since it often is that of all images. */
    private NDArray moments(InitPicture init) {
        if (lastPicture != init.picture()) {
            if (lastMoments != null) {
                lastMoments.close();
            }
            try (NDManager pass = manager.newSubManager()) {
                lastMoments = networks.autoencoder()
                        .moments(RgbImages.toTensor(init.picture().get(), pass));
                lastMoments.attach(manager);
            }
            lastPicture = init.picture();
        }
        return lastMoments;
    }
}
