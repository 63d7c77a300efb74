package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;

/** How group normalisation layers are applied. */
@FunctionalInterface
public interface Normalisation {

    /** Each image by its own moments, as in training. */
    Normalisation PER_IMAGE = GroupNorm::forward;

    /**
     * @param hidden (image, channel, height, width)
     * @return shaped as {@code hidden}
     */
    NDArray normalise(GroupNorm norm, NDArray hidden);
}
