/** CLIP text encoders. */
package org.atelier.diffusion.text;
