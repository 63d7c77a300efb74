package org.atelier.api.metric;

import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * An image that is measured.
 *
 * @param image opaque, sRGB, of any size
 * @param prompt what it shows, the whole text
 * @param weight its share among references, above 0; 1 for an image of the set
 */
public record MeasuredImage(BufferedImage image, String prompt, double weight) {

    /** Refuses what a metric could not tell from a fault of its own. */
    public MeasuredImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(prompt, "prompt");
        if (!(weight > 0)) {
            throw new IllegalArgumentException("a weight must be above 0, not " + weight);
        }
    }

    /** An image of the set. */
    public static MeasuredImage of(BufferedImage image, String prompt) {
        return new MeasuredImage(image, prompt, 1);
    }
}
