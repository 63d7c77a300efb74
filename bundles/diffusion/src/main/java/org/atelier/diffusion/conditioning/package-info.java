/** Conditioning of the denoising network, and classifier-free guidance. */
package org.atelier.diffusion.conditioning;
