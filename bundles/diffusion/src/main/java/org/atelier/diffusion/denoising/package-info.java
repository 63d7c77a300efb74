/**
 * The denoising loop: the images of a set take each step together, in chunks, and share their style. {@link
 * org.atelier.diffusion.denoising.SetDenoiser} is the loop itself.
 */
package org.atelier.diffusion.denoising;
