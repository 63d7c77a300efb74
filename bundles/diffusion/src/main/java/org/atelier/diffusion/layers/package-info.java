/** The layers that the networks are made of. */
package org.atelier.diffusion.layers;
