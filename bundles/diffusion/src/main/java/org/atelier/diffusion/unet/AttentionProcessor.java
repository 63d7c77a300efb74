package org.atelier.diffusion.unet;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.atelier.api.attention.Heads;
import org.atelier.api.attention.Kernels;
import org.atelier.api.attention.Part;
import org.atelier.diffusion.layers.GroupNorm;
import org.atelier.diffusion.layers.Normalisation;

/** Computes attention and group normalisation in one pass of the UNet, layer by layer. */
public interface AttentionProcessor extends Normalisation {

    /**
     * Attends at one layer.
     *
     * @param layer index of the attention layer in registration order
     * @param own (image, head, token, channel); with guidance, first the unconditional images, then the conditional
     * @return attended values, shaped as the queries
     */
    NDArray attend(int layer, Heads own);

    /** Attention without sharing. */
    static AttentionProcessor plain(Kernels kernels) {
        return (layer, own) -> kernels.attend(own.query(), List.of(Part.of(own.key(), own.value())));
    }

    @Override
    default NDArray normalise(GroupNorm norm, NDArray hidden) {
        return Normalisation.PER_IMAGE.normalise(norm, hidden);
    }
}
