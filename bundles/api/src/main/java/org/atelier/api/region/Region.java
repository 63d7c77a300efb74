package org.atelier.api.region;

import java.util.Objects;

/**
 * A part of an image with a prompt of its own.
 *
 * @param image number of the image, as in its file name; {@code null}: every image that is not the reference of the others
 * @param prompt what the part shows; the set's style is appended
 * @param mask a PNG, JPEG or WebP, white where the prompt applies; in a resolved request, its absolute path
 * @param sha256 of the mask, 64 hexadecimal digits; {@code null}: any content. A changed file is an error
 */
public record Region(Integer image, String prompt, String mask, String sha256) {

    /** Rejects null values. */
    public Region {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(mask, "mask");
    }

    /** A region of every image, with a mask of any content. */
    public static Region of(String prompt, String mask) {
        return new Region(null, prompt, mask, null);
    }

    /** A copy with another mask. */
    public Region withMask(String file, String hash) {
        return new Region(image, prompt, file, hash);
    }

    /** Whether it is a region of an image that is not the reference of the others. */
    public boolean appliesTo(int number) {
        return image == null || image == number;
    }
}
