package org.atelier.diffusion.denoising;

import ai.djl.ndarray.NDManager;
import org.atelier.api.attention.DenoisingStep;

/** How the images of a set attend to each other and to references, at every step. */
@FunctionalInterface
interface SetAttention {

    /**
     * Begins a step.
     *
     * @param memory stays open as long as the step
     */
    ChunkAttention at(DenoisingStep step, NDManager memory);
}
