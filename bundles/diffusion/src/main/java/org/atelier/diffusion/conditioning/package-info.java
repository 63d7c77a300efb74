/** What a network is told besides the latents, and guidance. */
package org.atelier.diffusion.conditioning;
