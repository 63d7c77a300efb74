package org.atelier.diffusion.sampling;

import java.util.List;
import org.atelier.api.blend.StyleBlend;

/**
 * Reference images and the parameters of their inversion.
 *
 * @param images in the order of the request
 * @param blend blends several style references that apply to all images; not called for a single one
 * @param inversion how their noisy latents are computed
 */
public record ReferenceImages(List<ReferenceImage> images, StyleBlend blend, ReferenceInversion inversion)
        implements GivenReferences {

    /**
     * References that are inverted by DDIM.
     *
     * @param steps number of inversion steps
     * @param cfgScale guidance scale of the inversion
     * @param offset number of noisiest latents to skip, since they are furthest from the image
     */
    public ReferenceImages(List<ReferenceImage> images, StyleBlend blend, int steps, double cfgScale, int offset) {
        this(images, blend, new ReferenceInversion.Ddim(steps, cfgScale, offset));
    }

    /** Makes defensive copies. */
    public ReferenceImages {
        images = List.copyOf(images);
    }
}
