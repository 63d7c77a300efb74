/** The variational autoencoder: pixels to latents and back. */
package org.atelier.diffusion.autoencoder;
