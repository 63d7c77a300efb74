/** Layers that the networks share. */
package org.atelier.diffusion.layers;
