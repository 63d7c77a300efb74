package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import org.atelier.diffusion.attention.ReferenceUse;

/**
 * A reference image.
 *
 * @param image of the size of the generated images
 * @param prompt describes it
 * @param use what the set takes from it
 */
public record ReferenceImage(BufferedImage image, String prompt, ReferenceUse use) {

    /** A style reference for all images. */
    public ReferenceImage(BufferedImage image, String prompt, double weight) {
        this(image, prompt, ReferenceUse.style(weight));
    }
}
