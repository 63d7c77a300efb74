package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values. Queries attend to all parts under one softmax.
 *
 * @param key (image or 1, head, token, channel); a size of 1 is broadcast to every image without a copy
 * @param value shaped as {@code key}
 * @param scoreBias added to every score q·k/√d of this part before the softmax; the logarithm of a weight, 0 for none
 * @param tokenBias (image or 1, token), also added to every score of a token; minus infinity excludes the token;
 *     {@code null} for none
 */
public record Part(NDArray key, NDArray value, double scoreBias, NDArray tokenBias) {

    /** Keys and values without bias. */
    public static Part of(NDArray key, NDArray value) {
        return new Part(key, value, 0, null);
    }

    /** Adds a bias to every score of this part. */
    public Part biased(double bias) {
        return new Part(key, value, scoreBias + bias, tokenBias);
    }

    /**
     * Replaces the bias of each token.
     *
     * @param perToken (image or 1, token)
     */
    public Part biased(NDArray perToken) {
        return new Part(key, value, scoreBias, perToken);
    }
}
