package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.Attention;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.layers.Normalisation;

/** How the images of one pass through the UNet attend to one another and are normalised, layer by layer. */
public interface AttentionProcessor extends Normalisation {

    /**
     * Attends at a self-attention.
     *
     * @param layer its place in registration order
     * @param own (image, head, token, channel); with guidance, first the unconditional images, then the conditional
     * @return attended values, shaped as the queries
     */
    NDArray attend(int layer, Heads own);

    /** Nothing is shared. */
    static AttentionProcessor plain(Kernels kernels) {
        return (layer, own) -> Attention.plain().attend(own, List.of(), kernels);
    }

    @Override
    default NDArray normalise(GroupNorm norm, NDArray hidden) {
        return Normalisation.OWN.normalise(norm, hidden);
    }
}
