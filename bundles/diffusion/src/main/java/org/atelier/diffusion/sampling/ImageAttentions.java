package org.atelier.diffusion.sampling;

import java.util.HashMap;
import java.util.Map;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;
import org.atelier.api.attention.AttentionStrategy;
import org.atelier.api.attention.AttentionStrategy.Coupling;
import org.atelier.diffusion.attention.LayerAttentions;
import org.atelier.diffusion.unet.UNet;
import org.atelier.tensor.TorchKernels;

/** How each image of a set attends: images of one size and strategy have the very same. */
public final class ImageAttentions {

    private final AttentionStrategy common;
    private final int factor;
    private final UNet unet;
    private final TorchKernels kernels;
    private final Map<Kind, LayerAttentions> kinds = new HashMap<>();

    /** Height and width are those of latents; images that begin at different steps cannot pass together. */
    private record Kind(AttentionStrategy strategy, int height, int width, int firstStep) {}

    /**
     * @param common the strategy of images that have none of their own
     * @param factor pixels for one latent
     */
    public ImageAttentions(AttentionStrategy common, int factor, UNet unet, TorchKernels kernels) {
        this.common = common;
        this.factor = factor;
        this.unet = unet;
        this.kernels = kernels;
    }

    public LayerAttentions of(ImageSpec image) {
        AttentionStrategy strategy = image.strategy() == null ? common : image.strategy();
        return kinds.computeIfAbsent(
                new Kind(strategy, image.height() / factor, image.width() / factor, image.firstStep()),
                kind -> LayerAttentions.of(strategy, unet.attentionLayers(kind.height, kind.width), kernels));
    }

    /**
     * On what the images that were asked for depend, taken together.
     *
     * @throws AtelierException if some depend on all others and not all are of one size, first step and strategy
     */
    public Coupling coupling() {
        if (has(Coupling.SET)) {
            if (kinds.size() > 1) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "This attention couples all images of a set, so they need one size, one first step and the same options.");
            }
            return Coupling.SET;
        }
        return has(Coupling.REFERENCES) ? Coupling.REFERENCES : Coupling.NONE;
    }

    private boolean has(Coupling coupling) {
        return kinds.values().stream().anyMatch(kind -> kind.coupling() == coupling);
    }
}
