package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values that queries attend to together with those of other parts, under one softmax.
 *
 * @param key (image or 1, head, token, channel); a single image's serves every image without a copy
 * @param value shaped as {@code key}
 * @param scoreBias added to every score q·k/√d of this part before the softmax; the logarithm of a weight, 0 for none
 * @param tokenBias (image or 1, token), added to every score of a token besides; minus infinity leaves the token out;
 *     {@code null} for none
 */
public record Part(NDArray key, NDArray value, double scoreBias, NDArray tokenBias) {

    /** Keys and values whose scores are taken as they are. */
    public static Part of(NDArray key, NDArray value) {
        return new Part(key, value, 0, null);
    }

    /** The same keys and values, with {@code more} on every score. */
    public Part biased(double more) {
        return new Part(key, value, scoreBias + more, tokenBias);
    }

    /**
     * The same keys and values, with a bias for each token in place of that before.
     *
     * @param perToken (image or 1, token)
     */
    public Part biased(NDArray perToken) {
        return new Part(key, value, scoreBias, perToken);
    }
}
