package org.atelier.api.metric;

import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * An image to be measured.
 *
 * @param image opaque, sRGB, of any size
 * @param prompt the full prompt; empty if it is not known
 * @param object the prompt without the style: what the image shows; {@code null} if it is not known
 * @param weight its share among references, above 0; 1 for an image of the set
 */
public record MeasuredImage(BufferedImage image, String prompt, String object, double weight) {

    /** Rejects null values and weights that are not positive. */
    public MeasuredImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(prompt, "prompt");
        if (!(weight > 0)) {
            throw new IllegalArgumentException("The weight must be above 0, not " + weight);
        }
    }

    /** An image of which only the full prompt is known. */
    public MeasuredImage(BufferedImage image, String prompt, double weight) {
        this(image, prompt, null, weight);
    }

    /** An image of the set, with its full prompt and what it shows. */
    public static MeasuredImage of(BufferedImage image, String prompt, String object) {
        return new MeasuredImage(image, prompt, object, 1);
    }

    /** An image of the set. */
    public static MeasuredImage of(BufferedImage image, String prompt) {
        return new MeasuredImage(image, prompt, 1);
    }
}
