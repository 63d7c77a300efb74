package org.atelier.diffusion.region;

/**
 * A part of an image with a prompt of its own.
 *
 * @param prompt with the style
 * @param mask the latents of the part, in the size of the image
 */
public record ImageRegion(String prompt, RegionMask mask) {}
