package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values that queries attend to together with those of other parts, under one softmax.
 *
 * @param key (image or 1, head, token, channel); a single image's serves every image without a copy
 * @param value shaped as {@code key}
 * @param shift added to every score q·k/√d of this part before the softmax; the logarithm of a weight, 0 for none
 */
public record Part(NDArray key, NDArray value, double shift) {

    /** Keys and values whose scores are taken as they are. */
    public static Part of(NDArray key, NDArray value) {
        return new Part(key, value, 0);
    }

    /** The same keys and values, with {@code shift} more on every score. */
    public Part shifted(double more) {
        return new Part(key, value, shift + more);
    }
}
