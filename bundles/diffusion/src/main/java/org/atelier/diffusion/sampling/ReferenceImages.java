package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.api.blend.StyleBlend;

/**
 * The images that a set takes something from, and how they are brought to noise.
 *
 * @param images in the order of the request
 * @param blend makes one of several styles of all images; not asked where there is but one
 * @param steps of the inversion, as a number of denoising steps
 * @param cfgScale guidance of the inversion
 * @param offset how many of the noisiest steps' latents are left out, for they are the furthest from any image
 */
public record ReferenceImages(List<ReferenceImage> images, StyleBlend blend, int steps, double cfgScale, int offset)
        implements GivenReferences {

    /** Makes defensive copies. */
    public ReferenceImages {
        images = List.copyOf(images);
    }
}
