package org.atelier.api.set;

import java.util.List;

/**
 * The pictures that images start from in place of noise.
 *
 * @param images one for all generated images, or one for each of them in order; default none
 * @param denoise the denoising strength: the share of the steps that are taken, above 0 to 1; {@code null}: 0.6, with
 *     masks 1
 * @param masks white is repainted, black is kept; one for all generated images, or one for each; default none: the whole
 *     picture is repainted
 * @param maskBlur radius of the Gaussian blur of the masks in pixels of the image, 0 to 256; default 0
 */
public record InitImages(List<ImageFile> images, Double denoise, List<ImageFile> masks, int maskBlur) {

    /** Every default: none. */
    public static final InitImages DEFAULT = new InitImages(List.of(), null, List.of(), 0);

    /** Makes defensive copies. */
    public InitImages {
        images = List.copyOf(images);
        masks = List.copyOf(masks);
    }

    /** Whether every image starts from noise. */
    public boolean isEmpty() {
        return images.isEmpty();
    }
}
