package org.atelier.api.metric;

import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An image to be measured. Its pixels may be decoded whenever they are requested, so that a set of any size fits into
 * memory: a metric takes one image after the other, and keeps what it computes of an image instead of the image.
 *
 * @param pixels the image: opaque, sRGB, of any size
 * @param prompt the full prompt; empty if it is not known
 * @param object the prompt without the style: what the image shows; {@code null} if it is not known
 * @param weight its share among references, above 0; 1 for an image of the set
 */
public record MeasuredImage(Supplier<BufferedImage> pixels, String prompt, String object, double weight) {

    /** Rejects null values and weights that are not positive. */
    public MeasuredImage {
        Objects.requireNonNull(pixels, "pixels");
        Objects.requireNonNull(prompt, "prompt");
        if (!(weight > 0)) {
            throw new IllegalArgumentException("The weight must be above 0, not " + weight);
        }
    }

    /** An image in memory. */
    public MeasuredImage(BufferedImage image, String prompt, String object, double weight) {
        this(inMemory(image), prompt, object, weight);
    }

    /** An image in memory of which only the full prompt is known. */
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

    private static Supplier<BufferedImage> inMemory(BufferedImage image) {
        Objects.requireNonNull(image, "image");
        return () -> image;
    }

    /**
     * The image; opaque, sRGB. Each call may decode a file.
     *
     * @throws org.atelier.api.AtelierException INPUT_UNREADABLE if its file was removed or replaced since the start of
     *     the evaluation
     */
    public BufferedImage image() {
        return pixels.get();
    }
}
