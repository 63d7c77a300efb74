/** The references of a set as latents at every step: encoded, inverted, given, or with noise; their pass through the UNet. */
package org.atelier.diffusion.inversion;
