package org.atelier.api.attention;

/**
 * What one reference image shows at a layer.
 *
 * @param heads its queries, keys and values, each (1, head, token, channel)
 * @param weight its share in the set's style, in (0, 1]; the weights of a set's references sum to 1
 */
public record Reference(Heads heads, double weight) {}
