package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;

/**
 * Queries, keys and values of one attention, split into heads.
 *
 * @param query (image, head, token, channel)
 * @param key (image, head, token, channel); at cross-attention the tokens are those of the prompt
 * @param value shaped as {@code key}
 */
public record Heads(NDArray query, NDArray key, NDArray value) {}
