package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.api.blend.StyleBlend;

/**
 * Reference images and the parameters of their inversion.
 *
 * @param images in the order of the request
 * @param blend blends several style references that apply to all images; not called for a single one
 * @param steps number of inversion steps
 * @param cfgScale guidance scale of the inversion
 * @param offset number of noisiest latents to skip, since they are furthest from the image
 */
public record ReferenceImages(List<ReferenceImage> images, StyleBlend blend, int steps, double cfgScale, int offset)
        implements GivenReferences {

    /** Makes defensive copies. */
    public ReferenceImages {
        images = List.copyOf(images);
    }
}
