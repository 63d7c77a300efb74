package org.atelier.api.attention;

import java.util.Set;

/**
 * The features of one reference at a layer.
 *
 * @param heads its queries, keys and values, each (1, head, token, channel)
 * @param role what is taken from it
 * @param weight its share among the references of its role, in (0, 1]; the weights of an image sum to 1
 * @param images the images of the set that it applies to, from 0; empty for all
 */
public record Reference(Heads heads, Role role, double weight, Set<Integer> images) {

    /** What is taken from a reference. */
    public enum Role {
        /** Its style. */
        STYLE,
        /** Its content. */
        CONTENT
    }

    /** Makes defensive copies. */
    public Reference {
        images = Set.copyOf(images);
    }

    /** A style reference for all images of the set. */
    public static Reference style(Heads heads, double weight) {
        return new Reference(heads, Role.STYLE, weight, Set.of());
    }
}
