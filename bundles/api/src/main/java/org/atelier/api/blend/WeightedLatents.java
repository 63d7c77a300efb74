package org.atelier.api.blend;

import ai.djl.ndarray.NDArray;

/**
 * The latents of one reference.
 *
 * @param latents as encoded by the autoencoder and scaled for the UNet: (1, channel, height, width), float32
 * @param weight its share, in (0, 1]
 */
public record WeightedLatents(NDArray latents, double weight) {}
