package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import org.atelier.diffusion.attention.ReferenceUse;

/**
 * A reference image.
 *
 * @param image references of one role have one size, unless they apply to single images
 * @param prompt describes it
 * @param use what the set takes from it
 */
public record ReferenceImage(BufferedImage image, String prompt, ReferenceUse use) {

    /** A style reference for all images. */
    public ReferenceImage(BufferedImage image, String prompt, double weight) {
        this(image, prompt, ReferenceUse.style(weight));
    }
}
