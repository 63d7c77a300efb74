package org.atelier.api.attention;

/**
 * A denoising step.
 *
 * @param index 0 (noise) to {@code count - 1}
 * @param count number of steps
 * @param timestep the timestep that the network receives: 0 to the last training timestep
 * @param sigma the noise-to-signal ratio of the latents before the step
 */
public record DenoisingStep(int index, int count, double timestep, double sigma) {}
