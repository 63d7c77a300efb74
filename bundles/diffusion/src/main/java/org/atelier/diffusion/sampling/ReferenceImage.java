package org.atelier.diffusion.sampling;

import java.awt.image.BufferedImage;
import org.atelier.diffusion.attention.ReferenceUse;

/**
 * A picture that a set takes something from.
 *
 * @param picture as large as the set's pictures
 * @param prompt what it shows
 * @param use what is taken from it
 */
public record ReferenceImage(BufferedImage picture, String prompt, ReferenceUse use) {

    /** A picture whose style all images take. */
    public ReferenceImage(BufferedImage picture, String prompt, double weight) {
        this(picture, prompt, ReferenceUse.style(weight));
    }
}
