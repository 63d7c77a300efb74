package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDManager;
import org.atelier.diffusion.attention.PassAttentionMaps;
import org.atelier.diffusion.unet.AttentionProcessor;

/** Creates the attention processor of each chunk at one step. */
@FunctionalInterface
interface ChunkAttention {

    /**
     * @param observed cross-attention maps of the images
     * @param memory stays open as long as the pass
     */
    AttentionProcessor of(Chunk chunk, PassAttentionMaps observed, NDManager memory);
}
