package org.atelier.api.attention;

/**
 * A step on the way from noise to an image.
 *
 * @param index 0 (noise) to {@code count - 1}
 * @param count how many steps there are
 * @param timestep the time that the network is given: 0 to the last training timestep
 * @param sigma the noise for one part of clean latents before the step
 */
public record DenoisingStep(int index, int count, double timestep, double sigma) {}
