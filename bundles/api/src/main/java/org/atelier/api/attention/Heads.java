package org.atelier.api.attention;

import ai.djl.ndarray.NDArray;

/**
 * Queries, keys and values of one self-attention, split into heads.
 *
 * @param query (image, head, token, channel)
 * @param key (image, head, token, channel)
 * @param value (image, head, token, channel)
 */
public record Heads(NDArray query, NDArray key, NDArray value) {}
