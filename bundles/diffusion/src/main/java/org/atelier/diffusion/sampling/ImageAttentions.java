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

/** The attention of each image of a set. Images of one size and strategy share one instance. */
public final class ImageAttentions {

    private final AttentionStrategy common;
    private final int factor;
    private final UNet unet;
    private final TorchKernels kernels;
    private final Map<Group, LayerAttentions> groups = new HashMap<>();

    /** Height and width are those of the latents of a view. Images with different first steps cannot share a batch. */
    private record Group(AttentionStrategy strategy, int height, int width, int firstStep) {}

    /**
     * @param common strategy of images that have none of their own
     * @param factor VAE scale factor
     */
    public ImageAttentions(AttentionStrategy common, int factor, UNet unet, TorchKernels kernels) {
        this.common = common;
        this.factor = factor;
        this.unet = unet;
        this.kernels = kernels;
    }

    public LayerAttentions of(ImageSpec image) {
        AttentionStrategy strategy = image.strategy() == null ? common : image.strategy();
        return groups.computeIfAbsent(
                new Group(
                        strategy,
                        image.viewHeight(factor) / factor,
                        image.viewWidth(factor) / factor,
                        image.firstStep()),
                group -> LayerAttentions.of(strategy, unet.attentionLayers(group.height, group.width), kernels));
    }

    /**
     * The strongest coupling of the images for which {@link #of} was called.
     *
     * @throws AtelierException INVALID_REQUEST if images depend on the whole set but differ in size, first step or
     *     strategy
     */
    public Coupling coupling() {
        if (has(Coupling.SET)) {
            if (groups.size() > 1) {
                throw new AtelierException(
                        Code.INVALID_REQUEST,
                        "This attention strategy couples all images of a set, so all need the same size, first step and options.");
            }
            return Coupling.SET;
        }
        return has(Coupling.REFERENCES) ? Coupling.REFERENCES : Coupling.NONE;
    }

    private boolean has(Coupling coupling) {
        return groups.values().stream().anyMatch(group -> group.coupling() == coupling);
    }
}
