package org.atelier.api.blend;

import ai.djl.ndarray.NDArray;

/**
 * One reference to be blended.
 *
 * @param latents what the autoencoder makes of it, scaled as the UNet takes them: (1, channel, height, width), float32
 * @param weight its share, in (0, 1]
 */
public record WeightedLatents(NDArray latents, double weight) {}
