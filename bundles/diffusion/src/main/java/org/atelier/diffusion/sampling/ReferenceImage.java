package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import org.atelier.diffusion.attention.ReferenceUse;

/**
 * An image that a set takes something from.
 *
 * @param image as large as the set's images
 * @param prompt what it shows
 * @param use what is taken from it
 */
public record ReferenceImage(BufferedImage image, String prompt, ReferenceUse use) {

    /** An image whose style all images take. */
    public ReferenceImage(BufferedImage image, String prompt, double weight) {
        this(image, prompt, ReferenceUse.style(weight));
    }
}
