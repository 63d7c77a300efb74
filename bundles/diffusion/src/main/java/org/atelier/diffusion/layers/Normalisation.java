package org.atelier.diffusion.layers;

import ai.djl.ndarray.NDArray;

/** By whose moments a group normalisation works. */
@FunctionalInterface
public interface Normalisation {

    /** Each image by its own, as networks were trained. */
    Normalisation PER_IMAGE = GroupNorm::forward;

    /**
     * @param hidden (image, channel, height, width)
     * @return shaped as {@code hidden}
     */
    NDArray normalise(GroupNorm norm, NDArray hidden);
}
