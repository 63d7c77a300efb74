/** What a network is given besides the latents, and guidance. */
package org.atelier.diffusion.conditioning;
