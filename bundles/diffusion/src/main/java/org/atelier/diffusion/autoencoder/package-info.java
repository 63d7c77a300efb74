/** From pixels to latents and back. */
package org.atelier.diffusion.autoencoder;
