package org.atelier.api.attention;

/**
 * How a strategy redraws content images in the style of the references: each content image is inverted to noise, and is
 * denoised again from there. Chung et al. 2024, Style Injection in Diffusion, section 4.
 *
 * @param alignsStart whether the initial latents get the mean and standard deviation of the style's, per channel
 *     (section 4.3)
 * @param original whether inversion and denoising are those of the paper's first code: an inversion step goes from the
 *     timestep of its network call to the next noisier one, the noisiest step of the denoising is skipped, and the
 *     result is the latents after the last step. Otherwise an inversion step goes to the timestep of its network call,
 *     every step is taken, and the result is the last predicted clean latents
 */
public record Restyling(boolean alignsStart, boolean original) {}
