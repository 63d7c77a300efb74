package org.atelier.diffusion.attention;

import java.util.Set;
import org.atelier.api.attention.Reference.Role;

/**
 * What a set takes from a reference.
 *
 * @param role style or content
 * @param weight its share among the references of its role, in (0, 1]; those of an image sum to 1
 * @param images the images that take it, by their places in the set; empty for all
 */
public record ReferenceUse(Role role, double weight, Set<Integer> images) {

    /** Makes defensive copies. */
    public ReferenceUse {
        images = Set.copyOf(images);
    }

    /** A style of all images. */
    public static ReferenceUse style(double weight) {
        return new ReferenceUse(Role.STYLE, weight, Set.of());
    }

    public boolean appliesTo(int image) {
        return images.isEmpty() || images.contains(image);
    }
}
